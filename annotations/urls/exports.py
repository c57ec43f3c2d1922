from django.urls import path

from annotations.views.exchange import exportfiles, exports

urlpatterns = [
    path("exports/files/", exportfiles.export_files, name="export-files"),
    path("exports/files/make/", exportfiles.make_export_file, name="make-export-file"),
    path("exports/files/<uuid:uid>/", exportfiles.export_file, name="export-file"),
    path("exports/files/<uuid:uid>/manifest/", exportfiles.export_file_manifest, name="export-file-manifest"),
    path("exports/files/<uuid:uid>/end/", exportfiles.end_export_file, name="end-export-file"),
    path("exports/<str:format>/", exports.export, name="export"),
    path("exports/<str:format>/manifest/", exports.manifest, name="export-manifest"),
]
