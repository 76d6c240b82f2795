using System.Text;
using Aegis.Core.Transactions;

namespace Aegis.Tests.Core;

public sealed class TransactionRulesTests
{
    [Theory]
    [InlineData("o-1", true)]
    [InlineData("AZaz09-_.:~@+=,", true)]
    [InlineData("", false)]
    [InlineData("...", false)]
    [InlineData("a b", false)]
    [InlineData("a/b", false)]
    [InlineData("a%b", false)]
    public void IsId_TakesCharactersThatStandInUrls(string text, bool expected) => Assert.Equal(
        (expected, expected), (TransactionRules.IsId(text), TransactionRules.IsId(Encoding.ASCII.GetBytes(text))));

    [Theory]
    [InlineData(64, true)]
    [InlineData(65, false)]
    public void IdAndIdentifier_HaveAtMost64Characters(int length, bool expected)
    {
        var text = new string('a', length);
        var bytes = Encoding.ASCII.GetBytes(text);
        Assert.Equal((expected, expected), (TransactionRules.IsId(text), TransactionRules.IsId(bytes)));
        Assert.Equal((expected, expected), (TransactionRules.IsIdentifier(text), TransactionRules.IsIdentifier(bytes)));
    }

    [Fact]
    public void CharactersAndBytes_AreJudgedAlike()
    {
        for (var code = 0; code < 128; code++)
        {
            var text = $"a{(char)code}";
            var bytes = Encoding.ASCII.GetBytes(text);
            Assert.Equal(TransactionRules.IsId(text), TransactionRules.IsId(bytes));
            Assert.Equal(TransactionRules.IsIdentifier(text), TransactionRules.IsIdentifier(bytes));
            Assert.Equal(code is >= ' ' and <= '~', TransactionRules.IsIdentifier(text));
            Assert.Equal(TransactionRules.IsDigits(text.AsSpan(1), 1), TransactionRules.IsDigits(bytes.AsSpan(1), 1));
        }
    }

    [Theory]
    [InlineData(-1, false)]
    [InlineData(0, true)]
    [InlineData(1_000_000_000_000, true)]
    [InlineData(1_000_000_000_001, false)]
    public void IsAmount_EndsAtAMillionMillion(long amountMinor, bool expected) =>
        Assert.Equal(expected, TransactionRules.IsAmount(amountMinor));

    [Theory]
    [InlineData(-90, true)]
    [InlineData(90.1, false)]
    [InlineData(double.NaN, false)]
    public void IsWithin_RefusesNaN(double degrees, bool expected) =>
        Assert.Equal(expected, TransactionRules.IsWithin(degrees, TransactionRules.MaxLatitude));

    [Fact]
    public void IsChannel_IsTrueForThoseWithAName() =>
        Assert.All(Enumerable.Range(0, 256), code => Assert.Equal(code < Channels.Names.Length, TransactionRules.IsChannel((Channel)code)));

    [Theory]
    [InlineData("1999-12-31T23:59:59.999Z", false)]
    [InlineData("2000-01-01T00:00:00Z", true)]
    [InlineData("2026-03-01T12:10:00Z", true)]
    [InlineData("2026-03-01T12:10:00.001Z", false)]
    public void IsEventTime_BeginsIn2000AndEndsTenMinutesAhead(string text, bool expected)
    {
        var (time, now) = (DateTimeOffset.Parse(text), new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
        var byMilliseconds = TransactionRules.IsEventTime(time.ToUnixTimeMilliseconds(), now.ToUnixTimeMilliseconds());
        Assert.Equal((expected, expected), (TransactionRules.IsEventTime(time, now), byMilliseconds));
    }

    [Fact]
    public void AllowedEventTime_NamesBothEnds() => Assert.Equal(
        "2000-01-01 to 2026-03-01T12:10:00Z (ten minutes ahead of the clock)",
        TransactionRules.AllowedEventTime(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero)));
}
