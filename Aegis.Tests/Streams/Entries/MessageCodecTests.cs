using Aegis.Core.Numerics;
using Aegis.Streams.Entries;

namespace Aegis.Tests.Streams.Entries;

public sealed class MessageCodecTests
{
    private static readonly LogMessage Message = new(
        [TestTransactions.Valid() with { DeviceId = "d-1", IpAddress = "192.0.2.7", CardBin = "411111", CardLastFour = "1111" }],
        IsHistory: false, TestTransactions.Noon, "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");

    [Fact]
    public void Decode_OfEncoded_GivesTheSameMessage()
    {
        var decoded = MessageCodec.Decode(MessageCodec.Encode(Message));
        Assert.Equal(Message.Transactions, decoded.Transactions);
        Assert.Equal((Message.IsHistory, Message.ProducedAt, Message.TraceParent), (
            decoded.IsHistory, decoded.ProducedAt, decoded.TraceParent));
    }

    [Fact]
    public void Decode_OfHistory_GivesAllTransactionsInOrder()
    {
        var history = Message with { IsHistory = true,
            Transactions = [.. Enumerable.Range(0, 50)
            .Select(i => TestTransactions.Valid($"h-{i}") with { Latitude = null, Longitude = null })] };
        Assert.Equal(history.Transactions, MessageCodec.Decode(MessageCodec.Encode(history)).Transactions);
    }

    [Fact]
    public void Decode_OfFrame_GivesItsTransactionsInOrder()
    {
        var message = new LogMessage(
            [TestTransactions.Valid("a"), TestTransactions.Valid("b")], IsHistory: false, TestTransactions.Noon, TraceParent: null,
            ReplyTo: "aegis:replies:x");
        var decoded = MessageCodec.Decode(MessageCodec.Encode(message));
        Assert.Equal(message.Transactions, decoded.Transactions);
        Assert.Equal("aegis:replies:x", decoded.ReplyTo);
    }

    /// <summary>Byte by byte, before the transaction.</summary>
    [Theory]
    [InlineData(false, "00-t", null, null, new byte[] { 1, 0 }, new byte[] { 4, 48, 48, 45, 116 })]
    [InlineData(true, null, null, null, new byte[] { 1, 1 }, new byte[] { 0 })]
    [InlineData(false, null, "re", null, new byte[] { 1, 2 }, new byte[] { 0, 2, 114, 101 })]
    [InlineData(false, null, null, "me", new byte[] { 1, 4 }, new byte[] { 0, 2, 109, 101 })]
    [InlineData(true, null, "re", "me", new byte[] { 1, 7 }, new byte[] { 0, 2, 114, 101, 2, 109, 101 })]
    public void Encode_WritesVersionFlagsTimeAndTexts(
        bool isHistory, string? trace, string? replyTo, string? producer, byte[] begin, byte[] texts)
    {
        var message = new LogMessage(Message.Transactions, isHistory, DateTimeOffset.UnixEpoch.AddTicks(20), trace, replyTo, producer);
        Assert.Equal(
            [.. begin, 2, 0, 0, 0, 0, 0, 0, 0, .. texts, .. MessageCodec.Encode(Message.Transactions[0])], MessageCodec.Encode(message));
        var decoded = MessageCodec.Decode(MessageCodec.Encode(message));
        Assert.Equal((isHistory, trace, replyTo, producer), (decoded.IsHistory, decoded.TraceParent, decoded.ReplyTo, decoded.Producer));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Wrap_OfOneTransactionOfAnEntry_KeepsItsTimeAndKindAlone(bool isHistory)
    {
        var two = new LogMessage(
            [TestTransactions.Valid("a"), TestTransactions.Valid("b")], isHistory, TestTransactions.Noon, "00-t", "re", "me");
        var entry = new EntryView(MessageCodec.Encode(two));
        entry.Next();
        var wrapped = MessageCodec.Decode(MessageCodec.Wrap(entry, entry.Next()));
        Assert.Equal("b", Assert.Single(wrapped.Transactions).Id);
        Assert.Equal(
            (isHistory, TestTransactions.Noon, null, null, null),
            (wrapped.IsHistory, wrapped.ProducedAt, wrapped.TraceParent, wrapped.ReplyTo, wrapped.Producer));
    }

    [Fact]
    public void DecodeTransaction_OfOneEncodedAlone_GivesItBack() =>
        Assert.Equal(Message.Transactions[0], MessageCodec.DecodeTransaction(MessageCodec.Encode(Message.Transactions[0])));

    [Fact]
    public void Encode_OfATextThatOneByteCannotCount_IsRefused()
    {
        Assert.Equal(255, MessageCodec.DecodeTransaction(MessageCodec.Encode(TestTransactions.Valid(new string('i', 255)))).Id.Length);
        Assert.Throws<OverflowException>(() => MessageCodec.Encode(TestTransactions.Valid(new string('i', 256))));
    }

    [Fact]
    public void Decode_OfMutatedOrTruncatedBytes_EitherReadsOrExplains()
    {
        const ulong Seed = 20_260_301;
        var random = new SeededRandom(Seed);
        var bytes = MessageCodec.Encode(Message);
        for (var round = 0; round < 50_000; round++)
        {
            var mutated = bytes[..random.NextInt(bytes.Length + 1)];
            for (var hits = random.NextInt(4); hits > 0 && mutated.Length > 0; hits--)
            {
                mutated[random.NextInt(mutated.Length)] = (byte)random.NextInt(256);
            }

            var error = Record.Exception(() => MessageCodec.Decode(mutated));
            Assert.True(error is null or MessageFormatException, $"seed {Seed}, round {round}: {error}");
        }
    }
}
