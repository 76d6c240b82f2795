using System.Text.Json;
using Aegis.Core.Transactions;
using Aegis.Streams.Entries;

namespace Aegis.Tests.Streams.Entries;

public sealed class TransactionJsonTests
{
    private const string Valid = """
        {"id":"o-1","eventTime":"2026-03-01T12:00:00Z","cardToken":"tok","amountMinor":4120,"currency":"EUR","merchantId":"m-1","mcc":"0742","country":"DE","channel":"chip"}
        """;

    private readonly CardTokeniser _tokeniser = new(new byte[CardTokeniser.KeyBytes]);

    [Fact]
    public void Read_OfValidObject_GivesTheTransaction()
    {
        var transaction = Read(Valid, out var faults);
        Assert.Empty(faults);
        Assert.Equal(742, transaction!.Mcc);
    }

    [Fact]
    public void Read_OfCardNumber_ExchangesIt()
    {
        var transaction = Read(Valid.Replace("\"cardToken\":\"tok\"", "\"pan\":\"4111 1111 1111 1111\"", StringComparison.Ordinal), out _);
        Assert.Equal(("411111", "1111"), (transaction!.CardBin, transaction.CardLastFour));
        Assert.DoesNotContain("4111111111111111", JsonSerializer.Serialize(transaction), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_OfWrongCardNumber_SaysSoWithoutTheDigits()
    {
        Read(Valid.Replace("\"cardToken\":\"tok\"", "\"pan\":\"4111111111111112\"", StringComparison.Ordinal), out var faults);
        var fault = Assert.Single(faults);
        Assert.Equal("pan", fault.Field);
        Assert.DoesNotContain("1111", fault.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"amountMinor\":4120", "\"amountMinor\":-5", "amountMinor")]
    [InlineData("\"amountMinor\":4120", "\"amountMinor\":\"much\"", "amountMinor")]
    [InlineData("\"amountMinor\":4120", "\"amountMinor\":1.5", "amountMinor")]
    [InlineData("\"currency\":\"EUR\"", "\"currency\":\"XXX\"", "currency")]
    [InlineData("\"country\":\"DE\"", "\"country\":\"de\"", "country")]
    [InlineData("2026-03-01T12:00:00Z", "2999-01-01T00:00:00Z", "eventTime")]
    [InlineData("2026-03-01T12:00:00Z", "soon", "eventTime")]
    [InlineData("\"chip\"", "\"pigeon\"", "channel")]
    [InlineData("\"0742\"", "\"74\\u0661\"", "mcc")]
    [InlineData("\"id\":\"o-1\",", "", "id")]
    [InlineData("\"id\":\"o-1\"", "\"id\":\"o-1\",\"amonut\":3", "amonut")]
    public void Read_OfOneFault_NamesTheFieldOnce(string from, string to, string field)
    {
        Assert.Null(Read(Valid.Replace(from, to, StringComparison.Ordinal), out var faults));
        Assert.Equal(field, Assert.Single(faults).Field);
    }

    private Transaction? Read(string json, out List<TransactionFault> faults)
    {
        faults = [];
        using var document = JsonDocument.Parse(json);
        return TransactionJson.Read(document.RootElement, _tokeniser, TestTransactions.Noon, faults);
    }
}
