using Aegis.Core.Transactions;

namespace Aegis.Tests.Core.Transactions;

public sealed class TransactionValidatorTests
{
    private const string Pan = "4111111111111111";
    private static readonly Transaction Valid = TestTransactions.Valid();

    /// <summary>Each fault alone, in the words that a caller reads.</summary>
    public static TheoryData<Transaction, string> Faulty => new()
    {
        { Valid with { Id = "" }, "id is ''; allowed: 1 to 64 of the characters A-Z a-z 0-9 - _ . : ~ @ + = ," },
        { Valid with { Id = null! }, "id is missing; allowed: 1 to 64 of the characters A-Z a-z 0-9 - _ . : ~ @ + = ," },
        { Valid with { Id = "a b" }, "id is 'a b'; allowed: 1 to 64 of the characters A-Z a-z 0-9 - _ . : ~ @ + = ," },
        { Valid with { Id = $"o-{Pan}" }, "id is 'o-[card number]'; allowed: an id that does not look like a card number: ids are stored, shown and searched as they come" },
        { Valid with { CardToken = "" }, "cardToken is ''; allowed: 1 to 64 printable ASCII characters" },
        { Valid with { CardToken = null! }, "cardToken is missing; allowed: 1 to 64 printable ASCII characters" },
        {
            Valid with { CardToken = Pan },
            "cardToken is '[card number]'; allowed: a token; send a card number as 'pan' and it is exchanged for one"
        },
        {
            Valid with { CardToken = $"t:{Pan}" },
            "cardToken is 't:[card number]'; allowed: a token; send a card number as 'pan' and it is exchanged for one"
        },
        { Valid with { MerchantId = "mé" }, "merchantId is 'mé'; allowed: 1 to 64 printable ASCII characters" },
        { Valid with { MerchantId = null! }, "merchantId is missing; allowed: 1 to 64 printable ASCII characters" },
        { Valid with { MerchantId = Pan }, "merchantId is '[card number]'; allowed: a value without a card number in it" },
        { Valid with { DeviceId = "" }, "deviceId is ''; allowed: 1 to 64 printable ASCII characters" },
        { Valid with { DeviceId = $"d {Pan}" }, "deviceId is 'd [card number]'; allowed: a value without a card number in it" },
        {
            Valid with { EventTime = TransactionRules.EarliestEventTime.AddTicks(-1) },
            "eventTime is '1999-12-31T23:59:59.9999999+00:00'; allowed: 2000-01-01 to 2026-03-01T12:10:00Z (ten minutes ahead of the clock)"
        },
        { Valid with { AmountMinor = -1 }, "amountMinor is '-1'; allowed: 0 to 1000000000000, in the currency's minor unit; of a refund too, which its kind tells" },
        { Valid with { Currency = "EUX" }, "currency is 'EUX'; allowed: an ISO 4217 code, such as EUR or USD" },
        { Valid with { Currency = null! }, "currency is missing; allowed: an ISO 4217 code, such as EUR or USD" },
        { Valid with { Country = "XX" }, "country is 'XX'; allowed: an ISO 3166-1 code, such as DE, DEU or 276" },
        { Valid with { Country = null! }, "country is missing; allowed: an ISO 3166-1 code, such as DE, DEU or 276" },
        { Valid with { Latitude = -90.5 }, "latitude is '-90.5'; allowed: -90 to 90 degrees, or nothing" },
        { Valid with { Longitude = 180.5 }, "longitude is '180.5'; allowed: -180 to 180 degrees, or nothing" },
        { Valid with { Latitude = double.NaN }, "latitude is 'NaN'; allowed: -90 to 90 degrees, or nothing" },
        { Valid with { Latitude = null }, "latitude is missing; allowed: latitude and longitude together, or neither" },
        { Valid with { Longitude = null }, "longitude is missing; allowed: latitude and longitude together, or neither" },
        { Valid with { Mcc = 10_000 }, "mcc is '10000'; allowed: an ISO 18245 code of four digits, 0000 to 9999" },
        { Valid with { Channel = (Channel)6 }, "channel is '6'; allowed: chip, contactless, swipe, ecommerce, atm, moto" },
        { Valid with { IpAddress = "nowhere" }, "ipAddress is 'nowhere'; allowed: an IPv4 or IPv6 address, or nothing" },
        { Valid with { CardBin = "41111" }, "cardBin is '41111'; allowed: 6 digits, or nothing" },
        {
            Valid with { Kind = (PaymentKind)6 },
            "kind is '6'; allowed: purchase, refund, reversal, withdrawal, transfer, verification, or nothing, which is a purchase"
        },
        {
            Valid with { Kind = PaymentKind.Verification },
            "amountMinor is '4120'; allowed: 0 for a verification, which moves no money"
        },
        { Valid with { Authorisation = (Authorisation)2 }, "authorisation is '2'; allowed: approved, declined, or nothing" },
        {
            Valid with { Authorisation = Authorisation.Approved, DeclineReason = DeclineReason.WrongPin },
            "declineReason is 'wrongPin'; allowed: a reason only beside the authorisation 'declined'"
        },
        {
            Valid with { DeclineReason = DeclineReason.WrongPin },
            "declineReason is 'wrongPin'; allowed: a reason only beside the authorisation 'declined'"
        },
        {
            Valid with { MerchantName = "Shop\u202e" },
            "merchantName is 'Shop\u202e'; allowed: 1 to 128 characters of text without control characters and without marks that turn its direction"
        },
        {
            Valid with { MerchantName = $"Shop {Pan}" },
            "merchantName is 'Shop [card number]'; allowed: a value without a card number in it"
        },
        {
            Valid with { Metadata = "[]" },
            "metadata is '[]'; allowed: a JSON object of at most 2048 bytes and 8 levels, in which no name comes twice, and a value without a card number in it"
        },
        { Valid with { CardLastFour = "11a1" }, "cardLastFour is '11a1'; allowed: 4 digits, or nothing" },
    };

    [Theory]
    [MemberData(nameof(Faulty))]
    public void Validate_OfOneFault_SaysFieldValueAndWhatIsAllowed(Transaction transaction, string fault) =>
        Assert.Equal(fault, Assert.Single(Faults(transaction)).ToString());

    [Fact]
    public void Validate_OfValidTransaction_FindsNothing()
    {
        Assert.Empty(Faults(Valid));
        Assert.Empty(Faults(Valid with { AmountMinor = 0, Latitude = null, Longitude = null, Mcc = 0 }));
        Assert.Empty(Faults(Valid with { DeviceId = "d-1", CardBin = "411111", CardLastFour = "1111", IpAddress = "::1" }));
        Assert.Empty(Faults(Valid with { Latitude = -90, Longitude = 180 }));
    }

    [Fact]
    public void Validate_OfManyFaults_ReportsAllAtOnce()
    {
        var faults = Faults(Valid with
        {
            Id = "", AmountMinor = -1, Currency = "EUX", Country = "XX", Latitude = double.NaN, Mcc = 12345,
            EventTime = TestTransactions.Noon.AddDays(400), IpAddress = "nowhere", MerchantId = "", DeviceId = "", CardToken = "",
            CardBin = "1", CardLastFour = "1", Channel = (Channel)9, Longitude = 200,
        });
        Assert.Equal(
            [
                "id", "cardToken", "merchantId", "deviceId", "eventTime", "amountMinor", "currency", "country", "latitude", "longitude",
                "mcc", "channel", "ipAddress", "cardBin", "cardLastFour",
            ],
            faults.Select(fault => fault.Field));
    }

    [Fact]
    public void Validate_WithFaultsFromBefore_KeepsThem()
    {
        var faults = new List<TransactionFault> { TransactionFault.Of(FieldNames.Id, "x", "another's") };
        TransactionValidator.Validate(Valid with { Mcc = -1 }, TestTransactions.Noon, faults);
        Assert.Equal(["another's", TransactionRules.AllowedMcc], faults.Select(fault => fault.Allowed));
    }

    [Theory]
    [InlineData("10.0.0.1", true)]
    [InlineData("255.255.255.255", true)]
    [InlineData("2001:db8::1", true)]
    [InlineData("::ffff:10.0.0.1", true)]
    [InlineData("10.0.1", false)]
    [InlineData("167772161", false)]
    [InlineData("256.0.0.1", false)]
    [InlineData("1.2.3.4.5", false)]
    [InlineData("fe80::1%1", false)]
    [InlineData("2001:db8", false)]
    [InlineData("", false)]
    public void Validate_OfAnAddress_TakesItAsItIsUsuallyWritten(string address, bool isValid) =>
        Assert.Equal(isValid, Faults(Valid with { IpAddress = address }).Count == 0);

    [Fact]
    public void Validate_OfTimeAhead_ToleratesTenMinutesAndNoMore()
    {
        Assert.Empty(Faults(Valid with { EventTime = TestTransactions.Noon.AddMinutes(10) }));
        Assert.Equal(
            FieldNames.EventTime, Assert.Single(Faults(Valid with { EventTime = TestTransactions.Noon.AddMinutes(10).AddTicks(1) })).Field);
    }

    private static List<TransactionFault> Faults(Transaction transaction)
    {
        var faults = new List<TransactionFault>();
        TransactionValidator.Validate(transaction, TestTransactions.Noon, faults);
        return faults;
    }
}
