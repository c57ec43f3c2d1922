from django.urls import path

from annotations.views.exchange import importing

urlpatterns = [
    path("imports/", importing.imports, name="imports"),
    path("imports/look-further/", importing.look_further, name="look-further"),
    path("imports/take-in/", importing.take_in, name="take-in"),
]
