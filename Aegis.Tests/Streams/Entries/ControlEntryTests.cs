using System.Text;
using Aegis.Core.Facts;
using Aegis.Streams.Entries;

namespace Aegis.Tests.Streams.Entries;

public sealed class ControlEntryTests
{
    [Theory]
    [InlineData("""{"kind":"model","version":"2026-03-01T10:00:00Z-1f2e3d4c"}""")]
    [InlineData("""{"kind":"calibration","version":"a"}""")]
    [InlineData("""{"kind":"rates","version":"2026-01"}""")]
    [InlineData("""{"kind":"thresholds","reviewAt":0,"declineAt":0}""")]
    [InlineData("""{"kind":"thresholds","reviewAt":4.6,"declineAt":6.9}""")]
    [InlineData("""{"kind":"rules","version":"rules-1","revision":7}""")]
    [InlineData("""{"kind":"facts","intervalEnd":1,"reads":0}""")]
    public void Parse_OfWhatToJsonWrites_GivesItBack(string json) =>
        Assert.Equal(json, Encoding.UTF8.GetString(ControlEntry.Parse(Encoding.UTF8.GetBytes(json)).ToJson()));

    [Theory]
    [InlineData("""{"kind":"model"}""", "model")]
    [InlineData("""{"kind":"model","version":""}""", "model")]
    [InlineData("""{"kind":"calibration"}""", "calibration")]
    [InlineData("""{"kind":"rates","version":""}""", "rates")]
    [InlineData("""{"kind":"rules","version":"rules-1"}""", "rules")]
    [InlineData("""{"kind":"rules","version":"rules-1","revision":0}""", "rules")]
    [InlineData("""{"kind":"rules","revision":1}""", "rules")]
    [InlineData("""{"kind":"thresholds","reviewAt":5}""", "thresholds")]
    [InlineData("""{"kind":"thresholds","declineAt":5}""", "thresholds")]
    [InlineData("""{"kind":"thresholds","reviewAt":-0.1,"declineAt":5}""", "thresholds")]
    [InlineData("""{"kind":"thresholds","reviewAt":5,"declineAt":4.9}""", "thresholds")]
    [InlineData("""{"kind":"thresholds","reviewAt":5,"declineAt":1e999}""", "thresholds")]
    [InlineData("""{"kind":"thresholds","reviewAt":"NaN","declineAt":4.9}""", "thresholds")]
    [InlineData("""{"kind":"thresholds","reviewAt":5,"declineAt":"NaN"}""", "thresholds")]
    [InlineData("""{"kind":"facts","intervalEnd":5,"reads":5}""", "facts")]
    [InlineData("""{"kind":"facts","intervalEnd":5,"reads":-1}""", "facts")]
    [InlineData("""{"kind":"facts","reads":1}""", "facts")]
    [InlineData("""{"kind":"else"}""", "else")]
    [InlineData("null", "")]
    public void Parse_OfAnEntryThatLacksSomething_NamesItsKindAndAllThatAreAllowed(string json, string kind) => Assert.StartsWith(
        $"The control entry is of kind '{kind}'; allowed: 'model', 'calibration' or 'rates' with version, 'rules' with version and revision", Refusal(
            json), StringComparison.Ordinal);

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("""{"kind":7}""")]
    public void Parse_OfOtherJson_IsRefused(string json) =>
        Assert.StartsWith("Field 'control' is not a control entry: ", Refusal(json), StringComparison.Ordinal);

    [Fact]
    public void ABarrier_GoesThereAndBack()
    {
        var barrier = new FactBarrier(7_200_000, 3_600_000);
        Assert.Equal(barrier, ControlEntry.Parse(ControlEntry.Of(barrier).ToJson()).ToBarrier());
    }

    private static string Refusal(string json) =>
        Assert.Throws<MessageFormatException>(() => ControlEntry.Parse(Encoding.UTF8.GetBytes(json))).Message;
}
