using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Aegis.Core.Transactions;
using Aegis.Streams.Entries;

namespace Aegis.Tests.Architecture;

/// <summary>The tables of docs/inputs.md: each example is sent through the validator, and the page says what came of it.</summary>
public sealed class InputsPageTests
{
    private static readonly string Page = Path.Combine(Repository.Root, "docs", "inputs.md");
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 30, 0, TimeSpan.Zero);
    private static readonly CardTokeniser Tokeniser = new(new byte[CardTokeniser.KeyBytes]);

    private static readonly string[] TimeFields = ["eventTime", "eventTimeSeconds", "eventTimeMilliseconds"];

    /// <summary>By field, what is sent as JSON.</summary>
    private static readonly (string Field, string[] Sent)[] Examples =
    [
        ("id", ["\"order-4711\"", "\"2026/4711\"", "\"4111-1111-1111-1111\"", "\"4000000000006\"", "4711", "\"\""]),
        ("eventTime",
        [
            "\"2026-03-01T12:00:00Z\"", "\"2026-03-01T12:00:34.123456789Z\"", "\"2026-03-01T14:00:00+0200\"", "\"2026-03-01 14:00:00+02\"",
            "\"2026-03-01t12:00:00z\"", "\"2026-03-01T12:00:00\"", "\"2026-03-01T13:00:00Z\"", "1772366400",
        ]),
        ("eventTimeSeconds", ["1772366400", "1772366400.123", "1772366400000", "\"1772366400\""]),
        ("eventTimeMilliseconds", ["1772366400123", "1772366400"]),
        ("cardToken",
            ["\"tok-1\"", "\"4111.1111.1111.1111\"", "\"card4111111111111111\"", "\"4111111111111111D2912101\"", "\"501800000009\""]),
        ("amountMinor", ["4120", "0", "-4120", "41.2", "\"4120\"", "1000000000001"]),
        ("currency", ["\"EUR\"", "\"JPY\"", "\"XCG\"", "\"HRK\"", "\"eur\"", "\"EUX\""]),
        ("merchantId", ["\"m-0815\"", "\"shop 4111/1111/1111/1111\"", "\"Café\""]),
        ("mcc", ["\"5411\"", "5411", "\"411\"", "\"54110\""]),
        ("country", ["\"DE\"", "\"DEU\"", "\"276\"", "\"XK\"", "\"de\"", "\"EU\""]),
        ("channel", ["\"chip\"", "\"contactless\"", "\"swipe\"", "\"ecommerce\"", "\"atm\"", "\"moto\"", "\"online\""]),
        ("latitude", ["52.52", "0", "95", "-33.9", "\"52.52\""]),
        ("deviceId", ["\"d-1\"", "null", "\"4111_1111_1111_1111\""]),
        ("kind", ["\"purchase\"", "\"refund\"", "\"reversal\"", "\"withdrawal\"", "\"transfer\"", "\"verification\"", "null", "\"sale\""]),
        ("authorisation", ["\"approved\"", "\"declined\"", "null", "\"refused\""]),
        ("declineReason", ["\"wrongPin\"", "\"insufficientFunds\"", "null", "\"51\""]),
        ("merchantName",
        [
            "\"Caf\u00e9 Zur Post\"", "\"Cafe\\u0301 Zur Post\"", "\"\u5bff\u53f8 4111 1111 1111 1111\"", "\"Shop \\u202Efdp.exe\"", "\"\"",
        ]),
        ("metadata", ["{\"order\": 4711, \"gift\": true}", "{\"note\": \"card 4111 1111 1111 1111\"}", "\"order 4711\"", "[]"]),
        ("ipAddress", ["\"192.0.2.7\"", "\"2001:db8::7\"", "\"192.0.2\"", "\"localhost\""]),
    ];

    /// <summary>AEGIS_WRITE_DOCS=1 writes the page.</summary>
    [Fact]
    public void CommittedPage_SaysWhatTheValidatorSays()
    {
        var committed = File.ReadAllText(Page);
        const string Begin = "<!-- inputs -->\n";
        var (from, to) = (committed.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length, committed.IndexOf(
            "<!-- end of inputs -->", StringComparison.Ordinal));
        var right = committed[..from] + Tables() + committed[to..];
        if (Environment.GetEnvironmentVariable("AEGIS_WRITE_DOCS") == "1")
        {
            File.WriteAllText(Page, right);
            return;
        }

        Assert.True(right == committed, $"docs/inputs.md differs from the validator; AEGIS_WRITE_DOCS=1 writes it:\n{right}");
    }

    [Fact]
    public void Examples_CoverEveryFieldOfATransaction() => Assert.Equal(
        Valid().Select(property => property.Key).Except(["longitude"]).Order(), Examples.Select(example => example.Field).Order());

    private static string Tables()
    {
        var page = new StringBuilder();
        foreach (var (field, sent) in Examples)
        {
            page.Append($"### {field}\n| sent | read as |\n|---|---|\n");
            foreach (var value in sent)
            {
                page.Append($"| `{value}` | {Outcome(field, value)} |\n");
            }

            page.Append('\n');
        }

        return page.ToString().TrimEnd('\n') + "\n";
    }

    private static string Outcome(string field, string value)
    {
        var json = Valid();
        json[field] = JsonNode.Parse(value);
        if (field == "declineReason")
        {
            json["authorisation"] = "declined";
        }

        if (field.StartsWith("eventTime", StringComparison.Ordinal))
        {
            Array.ForEach([.. TimeFields.Except([field])], other => json[other] = null);
        }

        if (field == "kind" && value == "\"verification\"")
        {
            json["amountMinor"] = 0;
        }

        if (field == "latitude")
        {
            json["longitude"] = value == "0" ? 0 : 13.4;
        }

        var faults = new List<TransactionFault>();
        using var document = JsonDocument.Parse(json.ToJsonString());
        var read = TransactionJson.Read(document.RootElement, Tokeniser, Now, faults);
        return read is null ? $"refused: {string.Join("; ", faults)}" : Shown(field, read);
    }

    private static string Shown(string field, Transaction read) => field switch
    {
        "id" => $"`{read.Id}`",
        "eventTime" or "eventTimeSeconds" or "eventTimeMilliseconds" => $"`{read.EventTime:yyyy-MM-ddTHH:mm:ss.fffZ}`",
        "cardToken" => read.CardBin is null ? $"`{read.CardToken}`" : $"a keyed token, card {read.CardBin}…{read.CardLastFour}",
        "amountMinor" => Currencies.Format(read.AmountMinor, read.Currency),
        "currency" => Currencies.Format(read.AmountMinor, read.Currency),
        "merchantId" => Exchanged(read.MerchantId),
        "mcc" => $"`{read.Mcc}`",
        "country" => $"`{read.Country}`",
        "channel" => $"`{read.Channel.Name()}`",
        "latitude" => read.Latitude is null ? "no place" : $"{read.Latitude}, {read.Longitude}",
        "deviceId" => read.DeviceId is null ? "no device" : Exchanged(read.DeviceId),
        "kind" => $"`{read.Kind.Name()}`",
        "authorisation" => read.Authorisation is { } authorisation ? $"`{authorisation.Name()}`" : "not known",
        "declineReason" => read.DeclineReason is { } reason ? $"`{reason.Name()}`" : "no reason",
        "merchantName" => Exchanged(read.MerchantName!),
        "metadata" => Exchanged(read.Metadata!),
        _ => $"`{read.IpAddress}`",
    };

    private static string Exchanged(string text)
    {
        var token = Tokeniser.Tokenise("4111111111111111")!.Value.Token;
        return text.Contains(token, StringComparison.Ordinal) ? $"`{text.Replace(token, "(a keyed token)", StringComparison.Ordinal)}`" : $"`{text}`";
    }

    private static JsonObject Valid() => new()
    {
        ["id"] = "o-1", ["eventTime"] = "2026-03-01T12:00:00Z", ["eventTimeSeconds"] = null, ["eventTimeMilliseconds"] = null,
        ["cardToken"] = "tok-1", ["amountMinor"] = 4120, ["currency"] = "EUR",
        ["merchantId"] = "m-1", ["mcc"] = "5411", ["country"] = "DE", ["channel"] = "chip", ["latitude"] = 52.52, ["longitude"] = 13.4,
        ["deviceId"] = "d-1", ["ipAddress"] = "192.0.2.7", ["kind"] = "purchase", ["authorisation"] = "approved", ["declineReason"] = null,
        ["merchantName"] = "Shop", ["metadata"] = new JsonObject(),
    };
}
