using Aspire.Hosting.ApplicationModel;

namespace Aegis.AppHost.Commands;

/// <summary>Helps to call our own services.</summary>
internal static class ServiceRequests
{
    /// <summary>Adds the API key if the scoring API asks for one.</summary>
    public static void AddKey(this HttpRequestMessage request, UpOptions up)
    {
        if (up.ApiKey is { Length: > 0 } key)
        {
            request.Headers.Add("X-Api-Key", key);
        }
    }

    /// <summary>Turns the service's answer into a result for the Aspire dashboard.</summary>
    public static async Task<ExecuteCommandResult> ToResultAsync(this HttpResponseMessage response) =>
        response.IsSuccessStatusCode ? CommandResults.Success() : CommandResults.Failure(await response.Content.ReadAsStringAsync());
}
