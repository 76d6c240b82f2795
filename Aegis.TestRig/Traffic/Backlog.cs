using Aegis.Core.Numerics;
using Aegis.Core.Transactions;
using Aegis.Datasets.Simulation;
using Aegis.Streams.Appending;
using Aegis.Streams.Entries;

namespace Aegis.TestRig.Traffic;

/// <summary>Simulated payments with random UUIDs, appended as producers append them.</summary>
internal static class Backlog
{
    private const int AppendAtOnce = 2_000;
    private const int FramesAtOnce = 4;
    private const int PaymentsPerCustomer = 60;
    private static readonly DateOnly First = new(2025, 1, 1);

    /// <summary>A practically endless stream of payments. It has as many customers as make the number within 90 days.</summary>
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

    /// <summary>Appends a number of payments.</summary>
    /// <param name="log">The log to append to.</param>
    /// <param name="payments">The payments, at least <paramref name="count"/>.</param>
    /// <param name="count">The number of payments.</param>
    /// <param name="frame">The largest number of payments in one entry.</param>
    /// <returns>The mean number of bytes of an entry.</returns>
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
