"""Every address of the desk. What an app shows is listed in the app; here it gets its place."""

from django.contrib import admin
from django.urls import include, path

from newsdesk import views

urlpatterns = [
    path("in/<str:key>/", views.sign_in_by_link, name="sign_in_by_link"),
    path("account/", views.account, name="account"),
    path("account/appearance/", views.change_appearance, name="change_appearance"),
    path("account/tokens/", views.tokens, name="tokens"),
    path("account/tokens/<uuid:uid>/revoke/", views.revoke, name="revoke_token"),
    path("accounts/", include("allauth.urls")),
    path("admin/", admin.site.urls),
]
