using System.CommandLine;
using Aegis.Client;
using Aegis.MachineLearning.Choices;

namespace Aegis.Scoring.Operator;

/// <summary><c>choose</c>: has confirmed frauds choose the model.</summary>
internal static class ChooseCommand
{
    public static Command Create()
    {
        var choice = new Option<string?>("--choice")
            { Description = $"The choice to train with, without judging: {string.Join(", ", ModelChoice.ShippedNames)}." };
        var dry = new Option<bool>("--dry-run") { Description = "Judge only; bring nothing into force." };
        var undo = new Option<bool>("--undo") { Description = "Bring back the model that was in force before the last choice." };
        var command = new Command(
            "choose", "Has confirmed frauds choose the models' inputs, forest and weights; trains them on stored payments.")
        {
            choice, dry, undo, ScoringApi.Url, ScoringApi.KeyFile,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(undo) && (result.GetValue(dry) || result.GetValue(choice) is not null))
            {
                result.AddError("--undo stands with --choice or --dry-run; allowed: --undo alone.");
            }
            else if (result.GetValue(dry) && result.GetValue(choice) is { } named)
            {
                result.AddError($"--dry-run stands with --choice '{named}', which nothing judges; allowed: one of them.");
            }
        });
        command.SetAction(async (parsed, cancel) =>
        {
            var output = parsed.InvocationConfiguration.Output;
            await ScoringApi.UseAsync(parsed, async api => await output.WriteLineAsync(parsed.GetValue(undo)
                ? $"Model {(await api.UndoModelChoiceAsync(cancel)).Version} is in force again."
                : Text(await api.ChooseModelAsync(new ModelChoiceRequest(parsed.GetValue(choice), !parsed.GetValue(dry)), cancel))));
            return 0;
        });
        return command;
    }

    /// <summary>A judgement in lines: a table of the choices, and what became of the best.</summary>
    internal static string Text(ModelChoiceJudgement judgement)
    {
        var lines = new List<string>();
        if (judgement.Candidates.Count > 0)
        {
            lines.Add($"Judged by {judgement.Frauds:N0} confirmed frauds among {judgement.Payments:N0} stored payments:");
            lines.Add("  choice       frauds rank typically in the top   best in");
            lines.AddRange(judgement.Candidates.Select(
                candidate => $"  {candidate.Choice,-12} {candidate.TypicalShare,31:P2} {candidate.Confidence,11:P0}"));
        }

        lines.Add(judgement.Version is { } version
            ? $"Choice {judgement.Choice}: model {version} is in force from the next payment on. ./aegis choose --undo takes it back."
            : $"Choice {judgement.Choice} is the best; nothing was brought into force.");
        return string.Join(Environment.NewLine, lines);
    }
}
