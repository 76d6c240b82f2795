using System.CommandLine;
using Aegis.Core.Simulation;
using Aegis.Streams;
using Microsoft.Extensions.Logging;

namespace Aegis.Producer;

/// <summary><c>simulate</c>: customers, merchants and thieves, in real time.</summary>
internal static partial class SimulateVerb
{
    private static readonly Option<ulong> Seed = ProducerArguments.Number("--seed", "Decides the whole world.", 42UL, "a whole number, 0 or more", _ => true);
    private static readonly Option<double> FraudShare = ProducerArguments.Number("--fraud-share", "Share of fraudulent payments.", 0.05, "0 to 0.5", share => share is >= 0 and <= 0.5);

    public static Command Create()
    {
        var command = new Command("simulate", "Sends simulated payments in real time, each card's 90 days of history before its first.") { ProducerArguments.Count, ProducerArguments.Rate, ProducerArguments.Run, ProducerArguments.Frame, Seed, FraudShare };
        command.SetAction(async (parsed, cancel) =>
        {
            await using var host = await ProducerHost.StartAsync(cancel);
            var options = new SimulationOptions { Seed = parsed.GetValue(Seed), FraudShare = parsed.GetValue(FraudShare) };
            var pace = new Pace(parsed.GetValue(ProducerArguments.Rate) ?? 20, Speed: 1);
            LogStarted(host.Logger, pace.Rate!.Value, options.Seed, options.FraudShare);
            return await ProducerRun.RunAsync(
                host, $"simulate-{options.Seed}", parsed.GetValue(ProducerArguments.Run), pace, parsed.GetValue(ProducerArguments.Frame) ?? 1, barrierIntervalMs: 0,
                (start, progress) => Items(options, start, progress, parsed.GetValue(ProducerArguments.Count)), cancel);
        });
        return command;
    }

    private static IEnumerable<ProducedItem> Items(SimulationOptions options, long start, ProducerProgress progress, long count)
    {
        var traffic = new LiveTraffic(options);
        for (var number = progress.Complete + 1; count == 0 || number <= start + count; number++)
        {
            if (!progress.Has(number))
            {
                var live = traffic.Next(number - 1, TimeProvider.System.GetUtcNow());
                yield return new ProducedItem(number, live.Payment, live.History);
            }
        }
    }

    [LoggerMessage(3003, LogLevel.Information, "Simulating {Rate} payments a second, seed {Seed}, {FraudShare:P1} of them fraudulent")]
    private static partial void LogStarted(ILogger logger, double rate, ulong seed, double fraudShare);
}
