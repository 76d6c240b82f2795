using Aegis.Dashboard;
using Aegis.Dashboard.Components;
using Aegis.ServiceDefaults;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.AllowLoopbackHosts();
builder.AddDashboard();

var app = builder.Build();
app.UsePageHeaders();
app.UseOwnOriginOnly();
app.MapDefaultEndpoints();
app.UseStatusCodePagesWithReExecute("/not-found");
app.UseAntiforgery();
app.MapStaticAssets();
app.MapRazorComponents<App>().AddInteractiveServerRenderMode(options => options.ContentSecurityFrameAncestorsPolicy = null);
app.Run();
