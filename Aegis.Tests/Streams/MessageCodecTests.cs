using Aegis.Core.Numerics;
using Aegis.Streams.Entries;

namespace Aegis.Tests.Streams;

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
