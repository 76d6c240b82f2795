using Aegis.Streams.Entries;

namespace Aegis.Tests.Streams.Entries;

public sealed class EntryViewTests
{
    private static readonly LogMessage Message = new(
        [TestTransactions.Valid(
            "t-1"), TestTransactions.Valid("t-2")], IsHistory: false, TestTransactions.Noon, "00-trace", "aegis:replies:me", "simulator");

    [Fact]
    public void AnEntry_HasItsHeadAndItsTransactions()
    {
        var entry = new EntryView(MessageCodec.Encode(Message));
        Assert.Equal(
            (false, UnixTime.ToMicroseconds(TestTransactions.Noon), "00-trace", "aegis:replies:me", true),
            (entry.IsHistory, entry.ProducedAtMicroseconds, entry.TraceParent, entry.ReplyTo, entry.HasCaller));
        Assert.Equal("simulator"u8.ToArray(), entry.Producer.ToArray());
        Assert.False(entry.IsAtEnd);
        Assert.Equal("t-1", entry.Next().ToTransaction().Id);
        Assert.False(entry.IsAtEnd);
        Assert.Equal("t-2", entry.Next().ToTransaction().Id);
        Assert.True(entry.IsAtEnd);
    }

    [Theory]
    [InlineData(null, null, false)]
    [InlineData("00-trace", null, true)]
    [InlineData(null, "aegis:replies:me", true)]
    public void HasCaller_OfATraceOrAReplyStream_IsTrue(string? trace, string? replyTo, bool hasCaller)
    {
        var entry = new EntryView(
            MessageCodec.Encode(Message with { IsHistory = true, TraceParent = trace, ReplyTo = replyTo, Producer = null }));
        Assert.Equal((true, trace, replyTo, hasCaller), (entry.IsHistory, entry.TraceParent, entry.ReplyTo, entry.HasCaller));
        Assert.True(entry.Producer.IsEmpty);
    }

    [Fact]
    public void AnEntry_OfAnotherVersionFlagsOrTime_IsRefused()
    {
        Assert.Equal("The entry has message version 2; allowed: 1.", Refusal(bytes => bytes[0] = 2));
        Assert.Equal("The entry has flags 8; allowed: 0 to 7.", Refusal(bytes => bytes[1] = 8));
        Assert.Equal(
            "The entry was produced at -1 µs; allowed: a time of the years 1970 to 9999.", Refusal(bytes => bytes.AsSpan(2, 8).Fill(255)));
        Assert.StartsWith(
            "The entry was produced at 253402300800000000 µs",
            Refusal(bytes => BitConverter.TryWriteBytes(bytes.AsSpan(2), 253_402_300_800_000_000)), StringComparison.Ordinal);
    }

    [Fact]
    public void AnEntry_CutWithinItsHead_OrWithoutTransactions_IsRefused()
    {
        var bytes = MessageCodec.Encode(Message);
        var head = 10 + 1 + "00-trace".Length + 1 + "aegis:replies:me".Length + 1 + "simulator".Length;
        for (var length = 0; length < head; length++)
        {
            Assert.Throws<MessageFormatException>(() => new EntryView(bytes.AsSpan(0, length)).IsAtEnd);
        }

        Assert.Equal(
            "The entry holds no transaction; allowed: one and more.",
            Assert.Throws<MessageFormatException>(() => new EntryView(bytes.AsSpan(0, head)).IsAtEnd).Message);
        Assert.False(new EntryView(bytes.AsSpan(0, head + 1)).IsAtEnd);
    }

    private static string Refusal(Action<byte[]> change)
    {
        var bytes = MessageCodec.Encode(Message);
        change(bytes);
        return Assert.Throws<MessageFormatException>(() => new EntryView(bytes).IsAtEnd).Message;
    }
}
