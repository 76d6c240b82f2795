using System.Net.Http.Json;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;

namespace Aegis.AppHost.Commands;

/// <summary>The producer's commands on the Aspire dashboard.</summary>
internal static class ProducerCommands
{
    /// <summary>Adds pause and resume; for a simulation also sending payments and starting a fraud.</summary>
    public static IResourceBuilder<ProjectResource> WithProducerCommands(this IResourceBuilder<ProjectResource> producer, UpOptions up)
    {
        producer.WithHttpCommand(
            "/pause", "Pause", commandName: "pause", commandOptions: Look("Pause", "Sends nothing until it is resumed."))
            .WithHttpCommand("/resume", "Resume", commandName: "resume", commandOptions: Look("Play", "Goes on sending."));
        return up.ReplayFile is not null
            ? producer
            : producer.WithHttpCommand(
                "/payments/200", "Send 200 payments", commandName: "send", commandOptions: Look(
                    "Send", "Sends 200 simulated payments at once, beside the run's own."))
                .WithCommand("scenario", "Start a fraud scenario…", context => BeginScenarioAsync(producer.Resource, context),
                    new CommandOptions
                {
                    Description = "Lets thieves begin: their first payment is sent at once, the others when they would pay.",
                    IconName = "Warning",
                    UpdateState = CommandState.WhileRunning,
                });
    }

    private static HttpCommandOptions Look(string icon, string description) => new()
        { IconName = icon, Description = description, IsHighlighted = icon == "Send", UpdateState = CommandState.WhileRunning };

// Only this preview API asks for a choice on the dashboard; without it the command is refused.
#pragma warning disable ASPIREINTERACTION001
    private static async Task<ExecuteCommandResult> BeginScenarioAsync(ProjectResource producer, ExecuteCommandContext context)
    {
        var address = await producer.GetEndpoint("http").GetValueAsync(context.CancellationToken);
        using var http = context.Services.GetRequiredService<IHttpClientFactory>().CreateClient();
        http.BaseAddress = new Uri(address!);
        var names = await http.GetFromJsonAsync<string[]>("/scenarios", context.CancellationToken) ?? [];
        var input = new InteractionInput
        {
            Name = "scenario",
            Label = "Scenario",
            InputType = InputType.Choice,
            Required = true,
            Options = [.. names.Select(name => KeyValuePair.Create(name, name.Replace('_', ' ')))],
        };
        var answer = await context.Services.GetRequiredService<IInteractionService>()
            .PromptInputAsync(
                "Start a fraud scenario", "Which kind of fraud shall begin?", input, cancellationToken: context.CancellationToken);
        if (answer.Canceled)
        {
            return CommandResults.Canceled();
        }

        using var response = await http.PostAsync(
            new Uri($"/scenarios/{answer.Data.Value}", UriKind.Relative), content: null, context.CancellationToken);
        return await response.ToResultAsync();
    }
#pragma warning restore ASPIREINTERACTION001
}
