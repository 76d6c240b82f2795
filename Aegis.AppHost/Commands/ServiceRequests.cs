using Aspire.Hosting.ApplicationModel;

namespace Aegis.AppHost.Commands;

/// <summary>Calls of our own services.</summary>
internal static class ServiceRequests
{
    /// <summary>Says who asks, where the scoring API is guarded.</summary>
    public static void AddKey(this HttpRequestMessage request, UpOptions up)
    {
        if (up.ApiKey is { Length: > 0 } key)
        {
            request.Headers.Add("X-Api-Key", key);
        }
    }

    /// <summary>What the service answered, as the Aspire dashboard shows it.</summary>
    public static async Task<ExecuteCommandResult> ToResultAsync(this HttpResponseMessage response) =>
        response.IsSuccessStatusCode ? CommandResults.Success() : CommandResults.Failure(await response.Content.ReadAsStringAsync());
}
