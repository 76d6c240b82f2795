using Aegis.Core.Numerics;
using Aegis.Core.Transactions;
using Aegis.Datasets.Simulation;
using Aegis.Streams.Appending;
using Aegis.Streams.Entries;

namespace Aegis.TestRig.Traffic;

/// <summary>Simulated payments with random UUIDs, appended as producers do.</summary>
internal static class Backlog
{
    private const int AppendAtOnce = 2_000;
    private const int FramesAtOnce = 4;
    private const int PaymentsPerCustomer = 60;
    private static readonly DateOnly First = new(2025, 1, 1);

    /// <summary>A stream of payments without end in sight: as many customers as make the number over 90 days.</summary>
    public static IEnumerable<Transaction> Payments(long count, ulong seed)
    {
        var options = new SimulationOptions { Seed = seed, Customers = (int)Math.Clamp(count / PaymentsPerCustomer, 1_000, 200_000),
            FraudShare = 0.005 };
        var random = SeededRandom.For(seed, item: 0, part: 77);
        foreach (var (payment, _) in new TransactionSimulator(options).Stream(First, 3_650))
        {
            yield return payment with { Id = new Guid(Bytes(ref random)).ToString() };
        }
    }

    /// <summary>Appends so many.</summary>
    /// <param name="log">Where to.</param>
    /// <param name="payments">At least <paramref name="count"/>.</param>
    /// <param name="count">How many.</param>
    /// <param name="frame">The most payments in one entry.</param>
    /// <returns>Mean bytes of an entry.</returns>
    public static async Task<double> AppendAsync(TransactionLog log, IEnumerable<Transaction> payments, long count, int frame = 1)
    {
        double bytes = 0;
        var entries = 0;
        var pending = Task.CompletedTask;
        foreach (var part in payments.Take((int)count).Chunk(Math.Max(AppendAtOnce, FramesAtOnce * frame * log.ShardCount)))
        {
            var messages = part.GroupBy(t => frame == 1 ? 0 : StableHash.ShardOf(t.CardToken, log.ShardCount))
                .SelectMany(shard => shard.Chunk(frame))
                .Select(frame => new LogMessage(frame, IsHistory: false, TimeProvider.System.GetUtcNow(), TraceParent: null)).ToList();
            bytes += messages.Take(10).Average(m => MessageCodec.Encode(m).Length) * messages.Count;
            entries += messages.Count;
            await pending;
            pending = log.AppendAsync(messages, CancellationToken.None);
        }

        await pending;
        return bytes / entries;
    }

    private static byte[] Bytes(ref SeededRandom random) =>
        [.. BitConverter.GetBytes(random.NextBits()), .. BitConverter.GetBytes(random.NextBits())];
}
