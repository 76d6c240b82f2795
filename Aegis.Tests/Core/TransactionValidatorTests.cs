using Aegis.Core.Transactions;

namespace Aegis.Tests.Core;

public sealed class TransactionValidatorTests
{
    [Fact]
    public void Validate_OfValidTransaction_FindsNothing() => Assert.Empty(Faults(TestTransactions.Valid()));

    [Fact]
    public void Validate_OfZeroAmount_FindsNothing() => Assert.Empty(Faults(TestTransactions.Valid(amountMinor: 0)));

    [Fact]
    public void Validate_OfManyFaults_ReportsAllAtOnce()
    {
        var faults = Faults(TestTransactions.Valid() with
        {
            Id = "", AmountMinor = -1, Currency = "EUX", Country = "XX", Latitude = double.NaN, Mcc = 12345,
                EventTime = TestTransactions.Noon.AddDays(400), IpAddress = "nowhere",
        });
        Assert.Equal(["amountMinor", "country", "currency", "eventTime", "id", "ipAddress", "latitude", "mcc"], faults.Select(f => f.Field)
            .Order());
        Assert.All(faults, fault => Assert.NotEmpty(fault.Allowed));
    }

    [Theory]
    [InlineData(91.0, 0.0, "latitude")]
    [InlineData(0.0, 180.5, "longitude")]
    [InlineData(double.PositiveInfinity, 0.0, "latitude")]
    public void Validate_OfCoordinateOutOfRange_NamesIt(double latitude, double longitude, string field) =>
        Assert.Equal(field, Assert.Single(Faults(TestTransactions.Valid() with { Latitude = latitude, Longitude = longitude })).Field);

    [Fact]
    public void Validate_OfLatitudeAlone_AsksForLongitude() =>
        Assert.Equal("longitude", Assert.Single(Faults(TestTransactions.Valid() with { Longitude = null })).Field);

    [Fact]
    public void Validate_OfTimeAhead_ToleratesTenMinutesAndNoMore()
    {
        Assert.Empty(Faults(TestTransactions.Valid() with { EventTime = TestTransactions.Noon.AddMinutes(10) }));
        Assert.Equal("eventTime", Assert.Single(
            Faults(TestTransactions.Valid() with { EventTime = TestTransactions.Noon.AddMinutes(10.1) })).Field);
    }

    [Fact]
    public void Validate_OfCardNumberAsToken_RefusesItAndDoesNotRepeatIt()
    {
        var fault = Assert.Single(Faults(TestTransactions.Valid(card: "4111111111111111")));
        Assert.Equal("cardToken", fault.Field);
        Assert.DoesNotContain("411111111", fault.ToString(), StringComparison.Ordinal);
    }

    private static List<TransactionFault> Faults(Transaction transaction)
    {
        var faults = new List<TransactionFault>();
        TransactionValidator.Validate(transaction, TestTransactions.Noon, faults);
        return faults;
    }
}
