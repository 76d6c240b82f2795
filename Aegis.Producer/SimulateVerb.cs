using System.CommandLine;
using Aegis.Datasets.Simulation;
using Aegis.Streams.Appending;
using Microsoft.Extensions.Logging;

namespace Aegis.Producer;

/// <summary><c>simulate</c>: sends payments of simulated customers, merchants and thieves in real time.</summary>
internal static partial class SimulateVerb
{
    private static readonly Option<ulong> Seed = ProducerArguments.Number("--seed", "Decides the whole world.", 42UL, least: 0UL);
    private static readonly Option<double> FraudShare = ProducerArguments.Number(
        "--fraud-share", "Share of fraudulent payments.", 0.05, least: 0, most: 0.5);

    private static readonly Option<bool> Stay = new("--stay") { Description = "Stay after the run's end, for what is asked for by then." };

    public static Command Create()
    {
        var command = new Command("simulate", "Sends simulated payments in real time, each card's 90 days of history before its first.") { ProducerArguments.Count, ProducerArguments.Rate, ProducerArguments.Run, ProducerArguments.Frame, Seed, FraudShare, Stay };
        command.SetAction(async (parsed, cancel) =>
        {
            await using var host = await ProducerHost.StartAsync(isSimulating: true, cancel);
            var options = new SimulationOptions { Seed = parsed.GetValue(Seed), FraudShare = parsed.GetValue(FraudShare) };
            var pace = new Pace(parsed.GetValue(ProducerArguments.Rate) ?? 20, Speed: 1);
            LogStarted(host.Logger, pace.Rate!.Value, options.Seed, options.FraudShare);
            var traffic = new LiveTraffic(options);
            var plan = new ProducerPlan(
                $"simulate-{options.Seed}", pace, parsed.GetValue(ProducerArguments.Frame) ?? 1, BarrierIntervalMs: 0);
            var run = new ProducerRun(host, plan);
            await run.RunAsync(
                parsed.GetValue(ProducerArguments.Run), (start, progress) =>
                    Items(traffic, host.Control, start, progress, parsed.GetValue(ProducerArguments.Count)), cancel);
            while (parsed.GetValue(Stay))
            {
                await host.Control.WaitForDemandAsync(cancel);
                await run.RunAsync(run: null, (start, progress) => Items(traffic, host.Control, start, progress, count: -1), cancel);
            }

            return 0;
        });
        return command;
    }

    /// <param name="traffic">Makes the payments.</param>
    /// <param name="control">May ask for payments on top of the run's own.</param>
    /// <param name="start">The number after which the run began.</param>
    /// <param name="progress">What the log already has.</param>
    /// <param name="count">The number of the run's own payments; 0 for no end, -1 for none.</param>
    private static IEnumerable<ProducedItem> Items(
        LiveTraffic traffic, ProducerControl control, long start, ProducerProgress progress, long count)
    {
        var last = count == 0 ? long.MaxValue : start + Math.Max(count, 0);
        for (var number = progress.Complete + 1; ; number++)
        {
            if (progress.Has(number))
            {
                continue;
            }

            var isUrgent = control.TryTakeDemand();
            if (isUrgent)
            {
                // An urgent payment does not count among the run's own.
                last = last == long.MaxValue ? last : last + 1;
            }
            else if (number > last)
            {
                yield break;
            }

            var now = TimeProvider.System.GetUtcNow();
            var live = (isUrgent && control.TryTakeScenario(out var name)
                ? traffic.Begin(FraudScenario.Usual.Single(scenario => scenario.Name == name), number - 1, now)
                : null)
                ?? traffic.Next(number - 1, now);
            yield return new ProducedItem(number, live.Payment, live.History, isUrgent);
        }
    }

    [LoggerMessage(3003, LogLevel.Information, "Simulating {Rate} payments a second, seed {Seed}, {FraudShare:P1} of them fraudulent")]
    private static partial void LogStarted(ILogger logger, double rate, ulong seed, double fraudShare);
}
