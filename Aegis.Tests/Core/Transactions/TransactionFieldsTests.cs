using System.Globalization;
using Aegis.Core.Transactions;

namespace Aegis.Tests.Core.Transactions;

public sealed class TransactionFieldsTests
{
    private readonly Dictionary<string, string> _texts = new()
    {
        [FieldNames.Id] = "o-1", [FieldNames.EventTime] = "2026-03-01T12:00:00Z", [FieldNames.CardToken] = "tok",
        [FieldNames.AmountMinor] = "4120", [FieldNames.Currency] = "EUR", [FieldNames.MerchantId] = "m-1", [FieldNames.Mcc] = "742",
        [FieldNames.Country] = "DE", [FieldNames.Channel] = "chip",
    };

    [Fact]
    public void Read_OfValidTexts_GivesTheTransaction()
    {
        (_texts[FieldNames.Latitude], _texts[FieldNames.Longitude]) = ("52.5", "13.4");
        (_texts[FieldNames.DeviceId], _texts[FieldNames.IpAddress]) = ("d-1", "10.0.0.1");
        var expected = new Transaction
        {
            Id = "o-1", EventTime = TestTransactions.Noon, CardToken = "tok", AmountMinor = 4120, Currency = "EUR", MerchantId = "m-1",
            Mcc = 742, Country = "DE", Channel = Channel.Chip, Latitude = 52.5, Longitude = 13.4, DeviceId = "d-1", IpAddress = "10.0.0.1",
        };
        Assert.Equal(expected, Read(out var faults));
        Assert.Empty(faults);
    }

    [Fact]
    public void Read_OfMissingFields_NamesEachOnceInTheirOrder()
    {
        _texts.Clear();
        Assert.Null(Read(out var faults));
        Assert.Equal(
            ["cardToken", "id", "eventTime", "amountMinor", "currency", "merchantId", "mcc", "country", "channel"],
            faults.Select(fault => fault.Field));
        Assert.All(faults, fault => Assert.Equal((null, "something"), (fault.Value, fault.Allowed)));
    }

    [Fact]
    public void Read_OfTextsThatCannotBeRead_SaysWhatIsAllowed()
    {
        (_texts[FieldNames.EventTime], _texts[FieldNames.Mcc], _texts[FieldNames.Channel]) = ("soon", "seven", "pigeon");
        _texts[FieldNames.Latitude] = "north";
        Assert.Null(Read(out var faults));
        Assert.Equal(
            [
                "eventTime is 'soon'; allowed: a time", "mcc is 'seven'; allowed: a code",
                "channel is 'pigeon'; allowed: chip, contactless, swipe, ecommerce, atm, moto", "latitude is 'north'; allowed: a number",
            ],
            faults.Select(fault => fault.ToString()));
    }

    [Fact]
    public void Read_OfFaultsOfBothKinds_ReportsAllAtOnce()
    {
        (_texts[FieldNames.Mcc], _texts[FieldNames.Country], _texts[FieldNames.Id]) = ("seven", "XX", "");
        Assert.Null(Read(out var faults));
        Assert.Equal(["mcc", "id", "country"], faults.Select(fault => fault.Field));
    }

    [Fact]
    public void Read_WithFaultsFromBefore_JudgesItsOwnAlone()
    {
        var faults = new List<TransactionFault> { TransactionFault.Of(FieldNames.Country, "XX", "another transaction's") };
        Assert.NotNull(new TextFields(_texts, faults).Read());
        _texts[FieldNames.Country] = "YY";
        Assert.Null(new TextFields(_texts, faults).Read());
        Assert.Equal(["XX", "YY"], faults.Select(fault => fault.Value));
    }

    private Transaction? Read(out List<TransactionFault> faults) => new TextFields(_texts, faults = []).Read();

    private sealed class TextFields(Dictionary<string, string> texts, List<TransactionFault> faults) : TransactionFields(faults)
    {
        public Transaction? Read() => Judge(Assemble(tokeniser: null), TestTransactions.Noon);

        protected override string? Find(string field) => texts.GetValueOrDefault(field);

        protected override string AllowedOf(string required) => "something";

        protected override (string Token, string? Bin, string? LastFour) Card(CardTokeniser? tokeniser) =>
            (Required(FieldNames.CardToken), null, null);

        protected override bool TryTime(string text, out DateTimeOffset time, out string allowed)
        {
            allowed = "a time";
            return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out time);
        }

        protected override long AmountOf(string text) => long.Parse(text);

        protected override bool TryMcc(string text, out int mcc, out string allowed)
        {
            allowed = "a code";
            return int.TryParse(text, out mcc);
        }

        protected override bool TryNumber(string field, string text, out double value, out string allowed)
        {
            allowed = "a number";
            return double.TryParse(text, out value);
        }
    }
}
