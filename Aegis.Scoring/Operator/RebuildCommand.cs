using System.CommandLine;

namespace Aegis.Scoring.Operator;

/// <summary><c>rebuild</c>: goes on with a log that was cut or replaced.</summary>
internal static class RebuildCommand
{
    public static Command Create()
    {
        var command = new Command("rebuild", "Makes the cards' histories from the stored decisions, after the log was cut or replaced.")
        {
            ScoringApi.Url, ScoringApi.KeyFile,
        };
        command.SetAction(async (parsed, cancel) =>
        {
            var output = parsed.InvocationConfiguration.Output;
            await ScoringApi.UseAsync(parsed, async api =>
            {
                var rebuilt = await api.RebuildLogAsync(cancel);
                foreach (var shard in rebuilt.Shards.Where(shard => shard.Payments > 0))
                {
                    await output.WriteLineAsync($"Shard {shard.Shard}: {shard.Cards:N0} cards from {shard.Payments:N0} payments since {shard.From:yyyy-MM-dd HH:mm:ss}; goes on after {shard.After}");
                }

                await output.WriteLineAsync($"{rebuilt.Shards.Count} shards go on. Not rebuilt:");
                foreach (var sentence in rebuilt.NotRebuilt)
                {
                    await output.WriteLineAsync($"- {sentence}");
                }
            });
            return 0;
        });
        return command;
    }
}
