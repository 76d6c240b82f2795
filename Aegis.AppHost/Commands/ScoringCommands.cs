using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;

namespace Aegis.AppHost.Commands;

/// <summary>Scoring's commands on the Aspire dashboard.</summary>
internal static class ScoringCommands
{
    /// <summary>Adds commands that renew the calibration and back up beside the running application.</summary>
    public static IResourceBuilder<ProjectResource> WithScoringCommands(
        this IResourceBuilder<ProjectResource> scoring, UpOptions up, DataFolder data) => scoring
        .WithHttpCommand("/models/calibration", "Renew calibration", commandName: "calibrate", commandOptions: new HttpCommandOptions
        {
            Description = "Fits the model's calibration anew on recent payments, so that the share that is flagged stays as budgeted.",
            IconName = "ArrowSync",
            UpdateState = CommandState.WhileRunning,
            PrepareRequest = request =>
            {
                request.Request.AddKey(up);
                request.Request.Content = new StringContent("", mediaType: new("application/json"));
                return Task.CompletedTask;
            },
            GetCommandResult = async answer => await answer.Response.ToResultAsync(),
        })
        .WithCommand("backup", "Back up now", context => BackUpAsync(up, data, context), new CommandOptions
        {
            Description = "Copies store, log, token key and models into a folder below the data folder, beside the running application.",
            IconName = "Save",
            UpdateState = CommandState.WhileRunning,
        });

    private static async Task<ExecuteCommandResult> BackUpAsync(UpOptions up, DataFolder data, ExecuteCommandContext context)
    {
        if (RedisShape.IsConnection(up.Redis))
        {
            return CommandResults.Failure("A Redis that is not ours is backed up by whoever runs it.");
        }

        var time = context.Services.GetRequiredService<TimeProvider>();
        var folder = Path.Combine(data.Root, "backups", time.GetUtcNow().ToString("yyyy-MM-dd_HH-mm-ss"));
        string[] arguments = ["backup", folder, "--data", data.Root, .. up.PortBase is { } ports
            ? new[] { "--port-base", $"{ports}" }
            : []];
        var (exitCode, output) = await ServiceProgram.RunAsync<Projects.Aegis_Scoring>(arguments, context.CancellationToken);
        return exitCode == 0 ? new ExecuteCommandResult { Success = true, Message = output } : CommandResults.Failure(output);
    }
}
