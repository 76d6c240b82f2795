using System.Net.Http.Headers;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;

namespace Aegis.AppHost.Commands;

/// <summary>Training's commands on the Aspire dashboard.</summary>
internal static class TrainingCommands
{
    /// <summary>Adds a command that trains again and activates the new bundle from the next payment on.</summary>
    public static IResourceBuilder<ProjectResource> WithTrainingCommands(
        this IResourceBuilder<ProjectResource> training, UpOptions up, DataFolder data) =>
        training.WithCommand("retrain", "Train again and activate", context => RetrainAsync(up, data, context), new CommandOptions
        {
            Description = "Trains a model as at the first start and brings it into force from the next payment on.",
            IconName = "BrainCircuit",
            UpdateState = _ => ResourceCommandState.Enabled,
        });

    private static async Task<ExecuteCommandResult> RetrainAsync(UpOptions up, DataFolder data, ExecuteCommandContext context)
    {
        var fresh = $"{data.Model(up)}.new";
        File.Delete(fresh);
        var (exitCode, output) = await ServiceProgram.RunAsync<Projects.Aegis_Training>(
            up.TrainingArguments(fresh), context.CancellationToken);
        if (exitCode != 0)
        {
            return CommandResults.Failure(output);
        }

        using var http = context.Services.GetRequiredService<IHttpClientFactory>().CreateClient();
        using var bundle = new ByteArrayContent(await File.ReadAllBytesAsync(fresh, context.CancellationToken))
            { Headers = { ContentType = new MediaTypeHeaderValue("application/octet-stream") } };
        using var request = new HttpRequestMessage(HttpMethod.Post, $"http://localhost:{up.ScoringPort}/models") { Content = bundle };
        request.AddKey(up);
        using var response = await http.SendAsync(request, context.CancellationToken);
        var result = await response.ToResultAsync();
        if (result.Success)
        {
            // The next start uses the new bundle too.
            File.Move(fresh, data.Model(up), overwrite: true);
        }

        return result;
    }
}
