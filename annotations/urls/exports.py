from django.urls import path

from annotations.views import exports

urlpatterns = [
    path("exports/<str:format>/", exports.export, name="export"),
    path("exports/<str:format>/manifest/", exports.manifest, name="export-manifest"),
]
