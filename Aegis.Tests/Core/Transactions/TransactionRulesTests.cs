using System.Text;
using Aegis.Core.Transactions;

namespace Aegis.Tests.Core.Transactions;

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
    [InlineData(90, -90, true)]
    [InlineData(90, 90, true)]
    [InlineData(90, 90.1, false)]
    [InlineData(90, -90.1, false)]
    [InlineData(180, 180, true)]
    [InlineData(180, -180.1, false)]
    [InlineData(180, double.NaN, false)]
    [InlineData(180, double.NegativeInfinity, false)]
    public void IsWithin_TakesBothLimitsAndNoNaN(double limit, double degrees, bool expected) =>
        Assert.Equal(expected, TransactionRules.IsWithin(degrees, limit));

    [Fact]
    public void Coordinates_HaveTheLimitsOfTheEarth() =>
        Assert.Equal((90, 180), (TransactionRules.MaxLatitude, TransactionRules.MaxLongitude));

    [Theory]
    [InlineData(-1, false)]
    [InlineData(0, true)]
    [InlineData(9_999, true)]
    [InlineData(10_000, false)]
    public void IsMcc_TakesFourDigits(int mcc, bool expected) => Assert.Equal(expected, TransactionRules.IsMcc(mcc));

    [Theory]
    [InlineData("411111", 6, true)]
    [InlineData("41111", 6, false)]
    [InlineData("4111111", 6, false)]
    [InlineData("09", 2, true)]
    [InlineData("0/", 2, false)]
    [InlineData("0:", 2, false)]
    [InlineData("", 0, true)]
    public void IsDigits_TakesThatManyDigits(string text, int length, bool expected) => Assert.Equal(
        (expected, expected),
        (TransactionRules.IsDigits(text, length), TransactionRules.IsDigits(Encoding.ASCII.GetBytes(text), length)));

    [Theory]
    [InlineData("", true)]
    [InlineData("10.0.0.1", true)]
    [InlineData("2001:db8::FF00:42:8329", true)]
    [InlineData("0000:0000:0000:0000:0000:ffff:255.255.255.255", true)]
    [InlineData("0000:0000:0000:0000:0000:ffff:255.255.255.2555", false)]
    [InlineData("fe80::1%eth0", false)]
    [InlineData("example.org", false)]
    [InlineData("10.0.0.1 ", false)]
    public void MayBeAddress_TakesUpTo45CharactersOfAddresses(string text, bool expected) =>
        Assert.Equal(expected, TransactionRules.MayBeAddress(text));

    [Fact]
    public void EmptyTexts_AreNeitherIdsNorIdentifiers()
    {
        Assert.False(TransactionRules.IsId("") || TransactionRules.IsId(""u8));
        Assert.False(TransactionRules.IsIdentifier("") || TransactionRules.IsIdentifier(""u8));
        Assert.False(TransactionRules.IsIdentifier("ä"));
    }

    [Fact]
    public void WhatIsAllowed_IsSaidWithItsLimits()
    {
        Assert.Equal("0 to 1000000000000, in the currency's minor unit; of a refund too, which its kind tells", TransactionRules.AllowedAmount);
        Assert.Equal("chip, contactless, swipe, ecommerce, atm, moto", TransactionRules.AllowedChannels);
        Assert.Equal("-180 to 180 degrees, or nothing", TransactionRules.AllowedDegrees(TransactionRules.MaxLongitude));
        Assert.Equal("6 digits, or nothing", TransactionRules.AllowedDigits(TransactionRules.CardBinLength));
        Assert.Equal("4 digits, or nothing", TransactionRules.AllowedDigits(TransactionRules.CardLastFourLength));
    }

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
