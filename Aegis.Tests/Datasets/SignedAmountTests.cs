using Aegis.Core.Transactions;
using Aegis.Datasets.Files;
using Aegis.Datasets.Maps;

namespace Aegis.Tests.Datasets;

/// <summary>Amounts that go back to the card, as accounts write them, where the map says so.</summary>
public sealed class SignedAmountTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("aegis-signed").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("40.94", 4094, PaymentKind.Purchase)]
    [InlineData("-40.94", 4094, PaymentKind.Refund)]
    [InlineData("$-40.94", 4094, PaymentKind.Refund)]
    [InlineData("(5.00)", 500, PaymentKind.Refund)]
    [InlineData("($5.00)", 500, PaymentKind.Refund)]
    [InlineData("5.00CR", 500, PaymentKind.Refund)]
    [InlineData("5.00 cr", 500, PaymentKind.Refund)]
    [InlineData("-0.00", 0, PaymentKind.Purchase)]
    public void AnAmount_WhereTheMapTakesRefunds_IsReadWithItsKind(string text, long minor, PaymentKind kind)
    {
        var line = Read(text, refunds: true);
        Assert.Equal((minor, kind), (line.Transaction!.AmountMinor, line.Transaction.Kind));
    }

    [Theory]
    [InlineData("(-5.00)", true)]
    [InlineData("-5.00CR", true)]
    [InlineData("()", true)]
    [InlineData("CR", true)]
    [InlineData("-40.94", false)]
    [InlineData("(5.00)", false)]
    [InlineData("5.00CR", false)]
    public void AnAmount_ThatTellsTwoThings_OrThatTheMapDoesNotTake_IsAFault(string text, bool refunds)
    {
        var line = Read(text, refunds);
        Assert.Null(line.Transaction);
        Assert.StartsWith("amount", Assert.Single(line.Faults).Fault.Field, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("reversal", PaymentKind.Reversal)]
    [InlineData("refund", PaymentKind.Refund)]
    [InlineData("", PaymentKind.Refund)]
    public void AKindBesideTheSign_ThatAgrees_IsTaken(string kind, PaymentKind read) =>
        Assert.Equal(read, Read("-5.00", refunds: true, kind).Transaction!.Kind);

    [Fact]
    public void AKindBesideTheSign_ThatContradictsIt_IsAFault() => Assert.Equal(
        "kind is 'purchase'; allowed: refund or reversal, for an amount that goes back to the card",
        Assert.Single(Read("-5.00", refunds: true, "purchase").Faults).Fault.ToString());

    private CsvLine Read(string amount, bool refunds, string kind = "")
    {
        var file = Path.Combine(_folder, "a.csv");
        File.WriteAllText(file, $"amount,kind\n\"{amount}\",{kind}\n");
        var map = Path.Combine(_folder, "m.json");
        File.WriteAllText(map, $$"""
            {
              "name": "m", "id": { "template": "l-{line}" }, "eventTime": { "constant": "2026-01-01T00:00:00Z" },
              "card": { "constant": "c" },
              "amount": { "column": "amount", "unit": "major", "remove": "$", "refunds": {{(refunds ? "true" : "false")}} },
              "currency": { "constant": "EUR" }, "merchantId": { "constant": "m" }, "mcc": { "constant": "5411" },
              "country": { "constant": "DE" }, "channel": { "constant": "chip" }, "kind": { "column": "kind" }
            }
            """);
        return Assert.Single(new CsvTransactionReader(file, ColumnMap.Load(map), TestTransactions.Noon).Read());
    }
}
