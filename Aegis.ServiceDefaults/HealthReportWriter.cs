using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aegis.ServiceDefaults;

/// <summary>Writes a health report as JSON: the state of the whole, and of each check with its reason.</summary>
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
