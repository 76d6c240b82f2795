using System.CommandLine;

namespace Aegis.Scoring.Operator;

/// <summary><c>verify</c>: computes a decision again.</summary>
internal static class VerifyCommand
{
    public static Command Create()
    {
        var decision = new Option<string>("--decision") { Description = "The id of the transaction.", Required = true };
        var command = new Command("verify", "Computes a decision again from what is stored with it, and compares every value to the last bit.")
        {
            decision, ScoringApi.Url, ScoringApi.KeyFile,
        };
        command.SetAction(async (parsed, cancel) =>
        {
            var output = parsed.InvocationConfiguration.Output;
            var isRepeated = false;
            await ScoringApi.UseAsync(parsed, async api =>
            {
                var verification = await api.VerifyDecisionAsync(parsed.GetValue(decision)!, cancel);
                isRepeated = verification.IsRepeated;
                foreach (var value in verification.Values)
                {
                    await output.WriteLineAsync(value.IsEqual
                        ? $"  {value.Name,-24} {value.Stored}"
                        : $"! {value.Name,-24} stored {value.Stored}, computed again {value.Repeated}");
                }

                await output.WriteLineAsync(isRepeated
                    ? $"Decision {verification.Id} comes out the same to the last bit."
                    : $"Decision {verification.Id} does NOT come out the same.");
            });
            return isRepeated ? 0 : 1;
        });
        return command;
    }
}
