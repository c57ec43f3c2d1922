from django.urls import path

from annotations.views import importing

urlpatterns = [
    path("imports/", importing.imports, name="imports"),
    path("imports/take-in/", importing.take_in, name="take-in"),
]
