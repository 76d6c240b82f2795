using System.Buffers.Binary;
using Aegis.Core.Numerics;
using Aegis.Core.Transactions;
using Aegis.Datasets.Simulation;
using Aegis.Streams.Appending;
using Aegis.Streams.Entries;

namespace Aegis.Tests.Streams.Entries;

public sealed class PackedEntryTests
{
    private static readonly byte[] Entry = Of([.. Enumerable.Range(0, 60).Select(i => TestTransactions.Valid($"h-{i}"))]);

    [Fact]
    public void AnEntry_ComesBackAsItWas_AndIsReadAsOne()
    {
        var packed = PackedEntry.Pack(Entry);
        Assert.True(PackedEntry.IsPacked(packed) && packed.Length < Entry.Length / 5);
        Assert.Equal(Entry, PackedEntry.Unpack(packed));
        Assert.Equal(MessageCodec.Decode(Entry).Transactions, MessageCodec.Decode(packed).Transactions);
    }

    [Fact]
    public void WhatDoesNotBecomeSmaller_StaysAsItIs()
    {
        var random = new SeededRandom(1);
        var noise = Of([TestTransactions.Valid("o") with { CardToken = Noise(ref random), MerchantId = Noise(ref random) }]);
        Assert.Equal(noise, PackedEntry.Pack(noise));
        Assert.False(PackedEntry.IsPacked(noise));
        Assert.False(PackedEntry.IsPacked([]));
    }

    /// <summary>Ids that count, that stand still and that go back; times before 1970 and in any order; amounts of any sign.</summary>
    [Fact]
    public void Entries_OfAnyContent_ComeBackAsTheyWere()
    {
        var random = new SeededRandom(3);
        for (var round = 0; round < 300; round++)
        {
            var rows = new List<Transaction>();
            for (var i = random.NextInt(40); i >= 0; i--)
            {
                rows.Add(TestTransactions.Valid(random.NextBool(0.5) ? $"h-{rows.Count + 95}" : Noise(ref random)) with
                {
                    EventTime = TestTransactions.Noon.AddMilliseconds(random.NextDouble(-3e12, 3e11)),
                    AmountMinor = (long)random.NextBits() >> random.NextInt(64),
                    MerchantId = random.NextBool(0.5) ? $"m-{random.NextInt(5)}" : $"m{random.NextBits() >> random.NextInt(60):x}",
                    Latitude = random.NextBool(0.5) ? 52.52f : 52.52,
                    DeviceId = random.NextBool(0.5) ? null : "d",
                    Kind = (PaymentKind)random.NextInt(PaymentKinds.Count),
                    MerchantName = random.NextBool(0.5) ? null : "Café",
                });
            }

            var entry = Of(rows);
            var packed = PackedEntry.Pack(entry);
            Assert.Equal(entry, PackedEntry.IsPacked(packed) ? PackedEntry.Unpack(packed) : packed);
        }
    }

    [Fact]
    public void AnEntry_CutShortOrDamagedAnywhere_IsRefusedOrUnpacked_AndNothingElse()
    {
        var packed = PackedEntry.Pack(Entry);
        var random = new SeededRandom(2);
        for (var length = 1; length < packed.Length; length++)
        {
            Assert.Throws<MessageFormatException>(() => PackedEntry.Unpack(packed.AsSpan(0, length)));
        }

        for (var round = 0; round < 5_000; round++)
        {
            var damaged = packed.ToArray();
            damaged[1 + random.NextInt(damaged.Length - 1)] = (byte)random.NextBits();
            try
            {
                PackedEntry.Unpack(damaged);
            }
            catch (MessageFormatException)
            {
                // Refused in words.
            }
        }
    }

    [Theory]
    [InlineData(0u)]
    [InlineData(PackedEntry.MaxBytes + 1u)]
    [InlineData(uint.MaxValue)]
    public void AnEntry_OfALengthBeyondTheLimit_IsRefused(uint length)
    {
        var packed = PackedEntry.Pack(Entry);
        BinaryPrimitives.WriteUInt32LittleEndian(packed.AsSpan(1), length);
        Assert.Equal(
            $"A packed entry of {length} bytes; allowed: 1 to {PackedEntry.MaxBytes}.",
            Assert.Throws<MessageFormatException>(() => PackedEntry.Unpack(packed)).Message);
    }

    /// <summary>What the log holds for a simulated payment, the 90 days of its card included.</summary>
    [Fact]
    public void ASimulatedPayment_CostsAtMostOneAndAHalfKilobytesOfLog()
    {
        const int Payments = 300;
        var traffic = new LiveTraffic(new SimulationOptions());
        var (packed, plain) = (0L, 0L);
        for (var i = 0; i < Payments; i++)
        {
            var payment = traffic.Next(i, TestTransactions.Noon.AddMilliseconds(i * 20));
            var batch = new FrameWriter(64, "simulator");
            foreach (var past in payment.History)
            {
                batch.Add(past, isHistory: true, TestTransactions.Noon);
                plain += MessageCodec.Encode(past).Length;
            }

            batch.Add(payment.Payment, isHistory: false, TestTransactions.Noon);
            packed += batch.Finish().Sum(entry => entry.Length);
        }

        Assert.InRange(plain / Payments, 3_000, 20_000);
        Assert.InRange(packed / Payments, 100, 1_500);
    }

    private static byte[] Of(IReadOnlyList<Transaction> rows) =>
        MessageCodec.Encode(new LogMessage(rows, IsHistory: true, TestTransactions.Noon, TraceParent: null));

    private static string Noise(ref SeededRandom random)
    {
        var noise = new byte[60];
        foreach (ref var letter in noise.AsSpan())
        {
            letter = (byte)(33 + random.NextInt(90));
        }

        return System.Text.Encoding.ASCII.GetString(noise);
    }
}
