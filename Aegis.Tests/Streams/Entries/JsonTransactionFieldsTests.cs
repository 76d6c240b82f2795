using System.Text.Json;
using System.Text.Json.Nodes;
using Aegis.Core.Transactions;
using Aegis.Streams.Entries;

namespace Aegis.Tests.Streams.Entries;

public sealed class JsonTransactionFieldsTests
{
    private const string Pan = "4111111111111111";

    private readonly JsonObject _json = new()
    {
        ["id"] = "o-1", ["eventTime"] = "2026-03-01T12:00:00Z", ["cardToken"] = "tok", ["amountMinor"] = 4120, ["currency"] = "EUR",
        ["merchantId"] = "m-1", ["mcc"] = "0742", ["country"] = "DE", ["channel"] = "chip",
    };

    private CardTokeniser? _tokeniser = new(new byte[CardTokeniser.KeyBytes]);

    [Fact]
    public void Read_OfEveryField_GivesTheTransaction()
    {
        (_json["latitude"], _json["longitude"], _json["deviceId"], _json["ipAddress"]) = (52.5, -13.4, "d-1", "10.0.0.1");
        Assert.Equal(
            new Transaction
            {
                Id = "o-1", EventTime = TestTransactions.Noon, CardToken = "tok", AmountMinor = 4120, Currency = "EUR", MerchantId = "m-1",
                Mcc = 742, Country = "DE", Channel = Channel.Chip, Latitude = 52.5, Longitude = -13.4, DeviceId = "d-1",
                IpAddress = "10.0.0.1",
            },
            Read());
    }

    [Fact]
    public void Read_OfWhatThePaymentIsFor_GivesIt_AndItGoesThroughTheLog()
    {
        (_json["kind"], _json["authorisation"], _json["declineReason"]) = ("withdrawal", "declined", "wrongPin");
        (_json["merchantName"], _json["metadata"]) = ("Cafe\u0301 4111 1111 1111 1111", new JsonObject { ["order"] = 4711, ["é"] = "\"" });
        var token = _tokeniser!.Tokenise(Pan)!.Value.Token;
        var read = Read()!;
        Assert.Equal(
            (PaymentKind.Withdrawal, Authorisation.Declined, DeclineReason.WrongPin, $"Café {token}", """{"order":4711,"é":"\""}"""),
            (read.Kind, read.Authorisation, read.DeclineReason, read.MerchantName, read.Metadata));
        Assert.Equal(read, MessageCodec.DecodeTransaction(MessageCodec.Encode(read)));
    }

    [Theory]
    [InlineData("latitude")]
    [InlineData("longitude")]
    [InlineData("deviceId")]
    [InlineData("ipAddress")]
    [InlineData("kind")]
    [InlineData("authorisation")]
    [InlineData("declineReason")]
    [InlineData("merchantName")]
    [InlineData("metadata")]
    [InlineData("pan")]
    public void Read_OfANull_IsAsIfItWereNotThere(string field)
    {
        _json[field] = null;
        Assert.NotNull(Read());
    }

    [Theory]
    [InlineData("amountMinor", "null", "amountMinor is missing; allowed: a whole number; the field is required")]
    [InlineData("id", "null", "id is missing; allowed: a value; the field is required")]
    [InlineData("cardToken", "null", "cardToken is missing; allowed: a value; the field is required")]
    [InlineData("amountMinor", "\"4120\"", "amountMinor is '\"4120\"'; allowed: a whole number")]
    [InlineData("amountMinor", "1.5", "amountMinor is '1.5'; allowed: a whole number")]
    [InlineData("amountMinor", "1e3", "amountMinor is '1e3'; allowed: a whole number")]
    [InlineData("amountMinor", "11111111111111111111", "amountMinor is '11111111111111111111'; allowed: a whole number")]
    [InlineData("amountMinor", "true", "amountMinor is 'true'; allowed: a whole number")]
    [InlineData("latitude", "\"52\"", "latitude is '\"52\"'; allowed: a JSON number, or nothing")]
    [InlineData("longitude", "[1]", "longitude is '[1]'; allowed: a JSON number, or nothing")]
    [InlineData("id", "7", "id is '7'; allowed: a JSON string")]
    [InlineData("deviceId", "false", "deviceId is 'false'; allowed: a JSON string")]
    [InlineData("eventTime", "1772366400000", "eventTime is '1772366400000'; allowed: a JSON string")]
    [InlineData("mcc", "{}", "mcc is '{}'; allowed: a JSON string")]
    [InlineData("mcc", "\"\"", "mcc is ''; allowed: an ISO 18245 code of four digits, \"0000\" to \"9999\"")]
    [InlineData("mcc", "\"00742\"", "mcc is '00742'; allowed: an ISO 18245 code of four digits, \"0000\" to \"9999\"")]
    [InlineData("mcc", "\"+742\"", "mcc is '+742'; allowed: an ISO 18245 code of four digits, \"0000\" to \"9999\"")]
    [InlineData("mcc", "-1", "mcc is '-1'; allowed: an ISO 18245 code of four digits, \"0000\" to \"9999\"")]
    [InlineData("mcc", "74.2", "mcc is '74.2'; allowed: an ISO 18245 code of four digits, \"0000\" to \"9999\"")]
    [InlineData("eventTime", "\"soon\"", "eventTime is 'soon'; allowed: an ISO 8601 time with its offset from UTC, such as 2026-03-01T12:00:00Z or 2026-03-01T13:00:00.123+01:00")]
    [InlineData("eventTime", "\"2026-03-01T12:00:00\"", "eventTime is '2026-03-01T12:00:00'; allowed: an ISO 8601 time with its offset from UTC, such as 2026-03-01T12:00:00Z or 2026-03-01T13:00:00.123+01:00")]
    [InlineData("eventTime", "\"2026-03-01\"", "eventTime is '2026-03-01'; allowed: an ISO 8601 time with its offset from UTC, such as 2026-03-01T12:00:00Z or 2026-03-01T13:00:00.123+01:00")]
    public void Read_OfOneValueThatIsWrong_SaysWhatIsAllowed(string field, string value, string fault)
    {
        _json[field] = JsonNode.Parse(value);
        Assert.Null(Read(out var faults));
        Assert.Contains(fault, faults.Select(each => each.ToString()));
        Assert.All(faults.Skip(1), each => Assert.Equal(TransactionRules.AllowedPlace, each.Allowed));
    }

    [Theory]
    [InlineData("742", 742)]
    [InlineData("\"742\"", 742)]
    [InlineData("\"0742\"", 742)]
    [InlineData("0", 0)]
    [InlineData("9999", 9_999)]
    public void Read_OfACategoryCode_TakesNumberAndText(string value, int mcc)
    {
        _json["mcc"] = JsonNode.Parse(value);
        Assert.Equal(mcc, Read()!.Mcc);
    }

    [Theory]
    [InlineData("2026-03-01T12:00Z", "2026-03-01T12:00:00.000Z")]
    [InlineData("2026-03-01T14:30:00+02:30", "2026-03-01T12:00:00.000Z")]
    [InlineData("2026-03-01T11:59:59.9Z", "2026-03-01T11:59:59.900Z")]
    [InlineData("2026-03-01T11:59:59.1239999Z", "2026-03-01T11:59:59.123Z")]
    public void Read_OfATime_IsInUtcToTheMillisecond(string text, string expected)
    {
        _json["eventTime"] = text;
        var time = Read()!.EventTime;
        Assert.Equal((expected, TimeSpan.Zero), (time.ToString("yyyy-MM-ddTHH:mm:ss.fffZ"), time.Offset));
        Assert.Equal(0, time.Ticks % TimeSpan.TicksPerMillisecond);
    }

    [Theory]
    [InlineData("eventTimeSeconds", "1772366399", "2026-03-01T11:59:59.000Z")]
    [InlineData("eventTimeSeconds", "1772366399.1239", "2026-03-01T11:59:59.123Z")]
    [InlineData("eventTimeMilliseconds", "1772366399123", "2026-03-01T11:59:59.123Z")]
    [InlineData("eventTimeMilliseconds", "1.772366399123e12", "2026-03-01T11:59:59.123Z")]
    public void Read_OfAnEpochTime_TakesItInTheUnitOfItsField(string field, string number, string expected)
    {
        _json.Remove("eventTime");
        _json[field] = JsonNode.Parse(number);
        Assert.Equal(expected, Read()!.EventTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ"));
        _json["eventTime"] = null;
        Assert.NotNull(Read());
    }

    [Theory]
    [InlineData("eventTimeSeconds", "1772366399123", "a JSON number of seconds since 1970-01-01T00:00:00Z, such as 1772366400 or 1772366400.123")]
    [InlineData("eventTimeSeconds", "\"1772366399\"", "a JSON number of seconds since 1970-01-01T00:00:00Z, such as 1772366400 or 1772366400.123")]
    [InlineData("eventTimeSeconds", "-1", "a JSON number of seconds since 1970-01-01T00:00:00Z, such as 1772366400 or 1772366400.123")]
    [InlineData("eventTimeMilliseconds", "1e300", "a JSON number of milliseconds since 1970-01-01T00:00:00Z, such as 1772366400123")]
    public void Read_OfAnEpochTimeThatIsNone_IsRefusedOnce(string field, string value, string allowed)
    {
        _json.Remove("eventTime");
        _json[field] = JsonNode.Parse(value);
        Assert.Null(Read(out var faults));
        Assert.Equal($"{field} is '{value}'; allowed: {allowed}", Assert.Single(faults).ToString());
    }

    /// <summary>Milliseconds that are seconds lie in 1970.</summary>
    [Fact]
    public void Read_OfSecondsAsMilliseconds_IsRefusedAsTooEarly()
    {
        _json.Remove("eventTime");
        _json["eventTimeMilliseconds"] = 1_772_366_399;
        Assert.Null(Read(out var faults));
        Assert.StartsWith("eventTime is '1970-01-21", Assert.Single(faults).ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("eventTime")]
    [InlineData("eventTimeMilliseconds")]
    public void Read_OfTwoTimes_AsksForOne(string other)
    {
        _json.Remove("eventTime");
        _json[other] = other == "eventTime" ? "2026-03-01T12:00:00Z" : 1_772_366_400_000;
        _json["eventTimeSeconds"] = 1_772_366_400;
        Assert.Null(Read(out var faults));
        Assert.Matches("^eventTime(Milliseconds|Seconds) is '[0-9]+'; allowed: one of eventTime, eventTimeSeconds, eventTimeMilliseconds; eventTime(Seconds)? is there too$", Assert.Single(faults).ToString());
    }

    [Theory]
    [InlineData("pan", Pan)]
    [InlineData("pan", "4111 1111 1111 1111")]
    [InlineData("cardToken", Pan)]
    public void Read_OfACardNumber_ExchangesIt(string field, string pan)
    {
        _json.Remove("cardToken");
        _json[field] = pan;
        var card = _tokeniser!.Tokenise(Pan)!.Value;
        var transaction = Read()!;
        Assert.Equal((card.Token, "411111", "1111"), (transaction.CardToken, transaction.CardBin, transaction.CardLastFour));
    }

    [Fact]
    public void Read_OfATokenThatIsNoCardNumber_KeepsIt()
    {
        _json["cardToken"] = "4111111111111112";
        Assert.Equal(("4111111111111112", null), (Read()!.CardToken, Read()!.CardBin));
    }

    [Fact]
    public void Read_OfACardNumberWhereNoneMayCome_IsRefusedWithoutItsDigits()
    {
        _tokeniser = null;
        Refused(
            "cardToken is '[card number]'; allowed: a token; send a card number as 'pan' and it is exchanged for one", "cardToken", Pan);
        _json.Remove("cardToken");
        Refused("pan is '…'; allowed: 'cardToken'; card numbers are exchanged at the HTTP edge only", "pan", Pan);
    }

    [Fact]
    public void Read_OfBothCardNumberAndToken_AsksForOne() =>
        Refused("pan is '…'; allowed: either 'pan' or 'cardToken', not both", "pan", Pan);

    [Theory]
    [InlineData("4111111111111112", 16)]
    [InlineData("4111", 4)]
    [InlineData("4111 1111 1111 1111 x", 16)]
    [InlineData("", 0)]
    public void Read_OfAWrongCardNumber_TellsHowManyDigitsItHas(string pan, int digits)
    {
        _json.Remove("cardToken");
        Refused($"pan is '{digits} digits'; allowed: 12 to 19 digits that pass the Luhn check", "pan", pan);
    }

    private void Refused(string fault, string field, string value)
    {
        _json[field] = value;
        Assert.Null(Read(out var faults));
        Assert.Equal(fault, Assert.Single(faults).ToString());
    }

    private Transaction? Read()
    {
        var transaction = Read(out var faults);
        Assert.Empty(faults);
        return transaction;
    }

    private Transaction? Read(out List<TransactionFault> faults)
    {
        using var document = JsonDocument.Parse(_json.ToJsonString());
        return new JsonTransactionFields(document.RootElement, faults = []).Read(_tokeniser, TestTransactions.Noon);
    }
}
