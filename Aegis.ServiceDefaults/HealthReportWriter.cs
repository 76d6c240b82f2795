using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aegis.ServiceDefaults;

/// <summary>Writes a health report as JSON: the overall state, and for each check its state and reason.</summary>
internal static class HealthReportWriter
{
    public static Task WriteAsync(HttpContext context, HealthReport report) => context.Response.WriteAsJsonAsync(new
    {
        status = report.Status.ToString().ToLowerInvariant(),
        checks = report.Entries.ToDictionary(
            entry => entry.Key, entry => new
                { status = entry.Value.Status.ToString().ToLowerInvariant(), description = entry.Value.Description }),
    });
}
