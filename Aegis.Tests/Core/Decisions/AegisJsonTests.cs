using System.Text.Json;
using Aegis.Core.Decisions;
using Aegis.Core.Transactions;

namespace Aegis.Tests.Core.Decisions;

public sealed class AegisJsonTests
{
    [Fact]
    public void AValue_HasCamelCaseNamesTextsForKindsAndPositions_AndNothingForNull()
    {
        Assert.Equal(
            """{"outcome":"decline","position":"1700000000000-7","score":"NaN"}""",
            Json(new Sample(DecisionOutcome.Decline, new LogPosition(1_700_000_000_000, 7), null, double.NaN)));
        Assert.Equal(
            """{"outcome":"approve","position":"0-0","note":"x","score":1.5}""",
            Json(new Sample(DecisionOutcome.Approve, default, "x", 1.5)));
    }

    [Fact]
    public void AValue_ComesBackAsItWas()
    {
        var sample = new Sample(DecisionOutcome.Review, new LogPosition(5, 6), null, double.PositiveInfinity);
        Assert.Equal(sample, JsonSerializer.Deserialize<Sample>(Json(sample), AegisJson.Options));
        var assessment = new Assessment(0.5, 1, 2, 0.1, 0.2, 0.3, 4, 5);
        var json = JsonSerializer.Serialize(assessment, AegisJson.Options);
        Assert.Equal(assessment, JsonSerializer.Deserialize<Assessment>(json, AegisJson.Options));
    }

    /// <summary>A caller sees its own object again, not a text that holds it.</summary>
    [Fact]
    public void ATransaction_ShowsItsMetadataAsAnObject()
    {
        var transaction = TestTransactions.Valid() with
        {
            Kind = PaymentKind.Withdrawal, Authorisation = Authorisation.Declined, DeclineReason = DeclineReason.WrongPin,
            MerchantName = "Café", Metadata = """{"order":[1,2]}""",
        };
        var json = JsonSerializer.Serialize(transaction, AegisJson.Options);
        Assert.EndsWith(
            ""","kind":"withdrawal","authorisation":"declined","declineReason":"wrongPin","merchantName":"Caf\u00E9","metadata":{"order":[1,2]}}""",
            json, StringComparison.Ordinal);
        Assert.Equal(transaction, JsonSerializer.Deserialize<Transaction>(json, AegisJson.Options));
    }

    [Theory]
    [InlineData("\"17\"")]
    [InlineData("\"\"")]
    [InlineData("null")]
    [InlineData("\"a-b\"")]
    public void APosition_WrittenOtherwise_IsRefused(string json) => Assert.StartsWith(
        "A log position is written 1700000000000-0.",
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<LogPosition>(json, AegisJson.Options)).Message,
        StringComparison.Ordinal);

    [Fact]
    public void Configure_OfOtherOptions_AppliesTheSame()
    {
        var options = new JsonSerializerOptions();
        Assert.Same(options, AegisJson.Configure(options));
        var sample = new Sample(DecisionOutcome.Review, new LogPosition(5, 6), null, 2);
        Assert.Equal(Json(sample), JsonSerializer.Serialize(sample, options));
        Assert.Throws<ArgumentNullException>(() => AegisJson.Configure(null!));
    }

    private static string Json(Sample sample) => JsonSerializer.Serialize(sample, AegisJson.Options);

    private sealed record Sample(DecisionOutcome Outcome, LogPosition Position, string? Note, double Score);
}
