using Aegis.Core.Features;
using Aegis.Core.Transactions;
using Aegis.Streams.Appending;
using Aegis.Streams.Entries;

namespace Aegis.Tests.Streams.Appending;

public sealed class FrameWriterTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(64)]
    public void Finish_AfterPayments_GivesThemInOrderInFramesOfTheWantedSize(int largest)
    {
        var payments = Enumerable.Range(0, 100).Select(i => TestTransactions.Valid($"t-{i}")).ToArray();
        var frames = Frames(largest, payments);
        Assert.Equal(payments, frames.SelectMany(frame => frame.Transactions));
        Assert.Equal((100 + largest - 1) / largest, frames.Count);
        Assert.All(frames, frame => Assert.True(
            !frame.IsHistory && frame.Transactions.Count <= largest && frame.ProducedAt == TestTransactions.Noon));
    }

    [Fact]
    public void Finish_OfHistoriesAndPayments_KeepsTheirOrderAndNeverMixesThem()
    {
        var writer = new FrameWriter(64);
        Transaction[] all = [.. Enumerable.Range(0, 12).Select(i => TestTransactions.Valid($"t-{i}"))];
        for (var i = 0; i < all.Length; i++)
        {
            writer.Add(all[i], isHistory: i % 6 < 4, TestTransactions.Noon.AddSeconds(i));
        }

        var frames = writer.Finish().Select(entry => MessageCodec.Decode(entry)).ToList();
        Assert.Equal([(true, 4), (false, 2), (true, 4), (false, 2)], frames.Select(frame => (frame.IsHistory, frame.Transactions.Count)));
        Assert.Equal(all.Select(t => t.Id), frames.SelectMany(frame => frame.Transactions).Select(t => t.Id));
        Assert.Equal(TestTransactions.Noon.AddSeconds(4), frames[1].ProducedAt);
    }

    /// <summary>A history goes without what no history reads; histories of it and of the whole are the same.</summary>
    [Fact]
    public void Finish_OfAHistory_LeavesOutWhatHistoriesDoNotRead()
    {
        var past = TestTransactions.Valid() with
        {
            EventTime = TestTransactions.Noon.AddMilliseconds(250), IpAddress = "192.0.2.7", MerchantName = "Shop", Metadata = "{}",
            DeviceId = "d", CardBin = "411111", CardLastFour = "1111", Kind = PaymentKind.Withdrawal,
        };
        var writer = new FrameWriter(64);
        writer.Add(past, isHistory: true, TestTransactions.Noon);
        var read = Assert.Single(MessageCodec.Decode(Assert.Single(writer.Finish())).Transactions);
        Assert.Equal(
            past with
            {
                EventTime = TestTransactions.Noon, IpAddress = null, MerchantName = null, Metadata = null, Latitude = 52.52f,
                Longitude = 13.4f,
            },
            read);
        var (kept, whole) = (new ShardHistories(CurrencyRates.Default), new ShardHistories(CurrencyRates.Default));
        kept.Add(read);
        whole.Add(past with { EventTime = TestTransactions.Noon });
        Assert.Equal(whole.Fingerprint(), kept.Fingerprint());
    }

    [Fact]
    public void Finish_OfTheLargestTransactions_BoundsTheirBytes()
    {
        var large = TestTransactions.Valid(
            new string('i', 64)) with { MerchantId = new string('m', 255), DeviceId = new string('d', 255), IpAddress = new string(
                'a', 255) };
        var writer = new FrameWriter(128);
        for (var i = 0; i < 200; i++)
        {
            writer.Add(large, isHistory: i < 100, TestTransactions.Noon);
        }

        var entries = writer.Finish();
        var one = MessageCodec.Encode(large).Length;
        Assert.All(entries, entry => Assert.InRange(entry.Length, 1, FrameWriter.MaxBytes + one));
        Assert.Equal(200, entries.Sum(entry => MessageCodec.Decode(entry).Transactions.Count));
        Assert.True(entries.Count < 20, $"{entries.Count} entries");
    }

    [Fact]
    public void Finish_OfNothing_IsEmpty() => Assert.Empty(new FrameWriter(3).Finish());

    [Theory]
    [InlineData(2, new[] { 2, 2, 1 })]
    [InlineData(5, new[] { 5 })]
    [InlineData(6, new[] { 5 })]
    public void Finish_OfHistories_IsNotBoundedByTheirNumber(int largest, int[] counts)
    {
        var (payments, histories) = (new FrameWriter(largest), new FrameWriter(largest));
        for (var i = 0; i < 5; i++)
        {
            payments.Add(TestTransactions.Valid($"t-{i}"), isHistory: false, TestTransactions.Noon);
            histories.Add(TestTransactions.Valid($"t-{i}"), isHistory: true, TestTransactions.Noon);
        }

        Assert.Equal(counts, payments.Finish().Select(entry => MessageCodec.Decode(entry).Transactions.Count));
        Assert.Equal([5], histories.Finish().Select(entry => MessageCodec.Decode(entry).Transactions.Count));
    }

    [Fact]
    public void Add_OfTheTransactionThatReachesTheBytes_EndsTheEntry()
    {
        var writer = new FrameWriter(10_000, "me");
        for (var i = 0; i < 1_000; i++)
        {
            writer.Add(TestTransactions.Valid($"t-{i:D4}"), isHistory: false, TestTransactions.Noon);
        }

        var entries = writer.Finish();
        var one = MessageCodec.Encode(TestTransactions.Valid("t-0000")).Length;
        // Enough to reach the bound, and not one less.
        Assert.All(entries.SkipLast(1), entry => Assert.InRange(entry.Length, FrameWriter.MaxBytes, FrameWriter.MaxBytes + one - 1));
        Assert.All(entries, entry => Assert.Equal("me", MessageCodec.Decode(entry).Producer));
        Assert.Equal(
            Enumerable.Range(0, 1_000).Select(i => $"t-{i:D4}"),
            entries.SelectMany(entry => MessageCodec.Decode(entry).Transactions).Select(transaction => transaction.Id));
    }

    [Fact]
    public void Finish_ThenAdd_BeginsAnotherEntry()
    {
        var writer = new FrameWriter(10);
        writer.Add(TestTransactions.Valid("a"), isHistory: false, TestTransactions.Noon);
        Assert.Single(writer.Finish());
        writer.Add(TestTransactions.Valid("b"), isHistory: false, TestTransactions.Noon);
        Assert.Equal(["a", "b"], writer.Finish().Select(entry => Assert.Single(MessageCodec.Decode(entry).Transactions).Id));
    }

    private static List<LogMessage> Frames(int largest, IEnumerable<Transaction> payments)
    {
        var writer = new FrameWriter(largest);
        foreach (var payment in payments)
        {
            writer.Add(payment, isHistory: false, TestTransactions.Noon);
        }

        return [.. writer.Finish().Select(entry => MessageCodec.Decode(entry))];
    }
}
