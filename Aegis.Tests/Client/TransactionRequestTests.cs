using System.Text.Json;
using Aegis.Client;
using Aegis.Core.Decisions;
using Aegis.Core.Transactions;
using Aegis.Streams.Entries;

namespace Aegis.Tests.Client;

public sealed class TransactionRequestTests
{
    private static readonly Transaction Full = TestTransactions.Valid() with
    {
        Mcc = 742, Channel = Channel.Ecommerce, DeviceId = "d-1", IpAddress = "192.0.2.7",
    };

    /// <summary>What the API reads is what was meant.</summary>
    [Fact]
    public void Of_ATransaction_IsReadAsThatTransaction()
    {
        Assert.Equal(Full, Read(TransactionRequest.Of(Full)));
        var bare = TestTransactions.Valid() with { Latitude = null, Longitude = null };
        Assert.Equal(bare, Read(TransactionRequest.Of(bare)));
    }

    [Fact]
    public void Of_ATransaction_WritesFourDigitsAndTheChannelsName()
    {
        var request = TransactionRequest.Of(Full);
        Assert.Equal(("0742", "ecommerce", null), (request.Mcc, request.Channel, request.Pan));
        Assert.Throws<ArgumentNullException>(() => TransactionRequest.Of(null!));
    }

    [Fact]
    public void ARequest_WithACardNumber_IsExchangedAtTheEdge()
    {
        var request = TransactionRequest.Of(Full) with { CardToken = null, Pan = "4111 1111 1111 1111" };
        Assert.Equal("411111", Read(request)!.CardBin);
    }

    private static Transaction? Read(TransactionRequest request)
    {
        var faults = new List<TransactionFault>();
        using var document = JsonDocument.Parse(JsonSerializer.Serialize(request, AegisJson.Options));
        var transaction = TransactionJson.Read(
            document.RootElement, new CardTokeniser(new byte[CardTokeniser.KeyBytes]), TestTransactions.Noon, faults);
        Assert.Empty(faults);
        return transaction;
    }
}
