using Aegis.Datasets.Files;
using Aegis.Datasets.Maps;

namespace Aegis.Tests.Datasets;

public sealed class ColumnMapTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly Dictionary<string, string> Fields = new()
    {
        ["name"] = "\"shop\"",
        ["id"] = """{ "column": "no" }""",
        ["eventTime"] = """{ "column": "when" }""",
        ["card"] = """{ "column": "who" }""",
        ["amount"] = """{ "column": "sum", "unit": "major" }""",
        ["currency"] = """{ "constant": "EUR" }""",
        ["merchantId"] = """{ "column": "shop" }""",
        ["mcc"] = """{ "constant": "5999" }""",
        ["country"] = """{ "constant": "DE" }""",
        ["channel"] = """{ "constant": "chip" }""",
    };

    private readonly string _folder = Repository.TemporaryFolder();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Load_OfEveryShippedMap_FindsNoFault() =>
        Assert.All(ColumnMap.ShippedNames, name => Assert.Equal(name, ColumnMap.Load(name).Name));

    [Theory]
    [InlineData("amount", """{ "column": "sum", "unit": "euro" }""", "$.amount.unit is 'euro'; allowed: minor")]
    [InlineData("amount", """{ "column": "sum", "decimal": ";" }""", "$.amount.decimal is ';'; allowed: a point or a comma")]
    [InlineData("amount", """{ "column": "sum", "remove": "0" }""", "$.amount.remove is '0'; allowed: characters other than digits")]
    [InlineData("amount", """{ "column": 5 }""", "$.amount.column is '5'; allowed: a text in quotes")]
    [InlineData("amount", "null", "$.amount is missing; allowed: where it comes from")]
    [InlineData("amount", "\"sum\"", "$.amount is \"sum\"; allowed: an object")]
    [InlineData("id", "{ }", "$.id is '{}'; allowed: a column, a template or a constant")]
    [InlineData("id", """{ "column": "no", "template": "x-{line}" }""", "$.id.template is 'x-{line}'; allowed: a column or a template, not both")]
    [InlineData("id", """{ "template": "x-{line" }""", "$.id.template is 'x-{line'; allowed: text with columns in braces")]
    [InlineData("id", """{ "template": "x" }""", "$.id.template is 'x'; allowed: text with columns in braces")]
    [InlineData("id", """{ "column": "no", "unit": "major" }""", "$.id.unit is unknown here; allowed: column, template")]
    [InlineData("eventTime", """{ "column": "when", "format": "HH:mm" }""", "$.eventTime.format is 'HH:mm'; allowed: iso, unix-seconds")]
    [InlineData("eventTime", """{ "column": "when", "format": "yyyy-MM-dd hh:mm" }""", "$.eventTime.format is 'yyyy-MM-dd hh:mm'; allowed")]
    [InlineData("eventTime", """{ "column": "when", "format": "unix" }""", "$.eventTime.format is 'unix'; allowed")]
    [InlineData("eventTime", """{ "column": "when", "zone": "Europe/Atlantis" }""", "$.eventTime.zone is 'Europe/Atlantis'; allowed: an IANA time zone")]
    [InlineData("eventTime", """{ "column": "when", "zone": "+25:00" }""", "$.eventTime.zone is '+25:00'; allowed: an IANA time zone")]
    [InlineData("eventTime", """{ "column": "when", "format": "unix-seconds", "zone": "Europe/Berlin" }""", "$.eventTime.zone is 'Europe/Berlin'; allowed: no zone beside unix-seconds")]
    [InlineData("currency", """{ "constant": "EURO" }""", "$.currency.constant is 'EURO'; allowed: an ISO 4217 code")]
    [InlineData("country", """{ "constant": "Germany" }""", "$.country.constant is 'Germany'; allowed: an ISO 3166-1 code")]
    [InlineData("channel", """{ "constant": "web" }""", "$.channel.constant is 'web'; allowed: chip, contactless")]
    [InlineData("mcc", """{ "column": "kind", "values": { "food": "58120" } }""", "$.mcc.values['food'] is '58120'; allowed: an ISO 18245 code")]
    [InlineData("mcc", """{ "column": "kind", "values": { "food": 5812 } }""", "$.mcc.values is '{ \"food\": 5812 }'; allowed: an object of texts")]
    [InlineData("mcc", """{ "constant": "5999", "values": { "food": "5812" } }""", "$.mcc.values is '{…}'; allowed: values only beside a column")]
    [InlineData("mcc", """{ "constant": "5999", "optional": true }""", "$.mcc.optional is 'true'; allowed: true only beside a column")]
    [InlineData("label", """{ "column": "fraud", "positive": ["yes"] }""", "$.label.negative is missing; allowed: both lists")]
    [InlineData("label", """{ "column": "fraud", "positive": ["yes"], "negative": ["no", "YES"] }""", "$.label.negative is 'yes'; allowed: values that positive lacks")]
    [InlineData("label", """{ "column": "fraud", "positive": [], "negative": ["no"] }""", "$.label.positive is '[]'; allowed: a list of texts, one or more")]
    [InlineData("label", """{ "column": "fraud", "constant": "maybe" }""", "$.label.constant is 'maybe'; allowed: 1, true for fraud, 0, false for genuine")]
    [InlineData("latitude", """{ "column": "lat" }""", "$.longitude is missing; allowed: latitude and longitude together")]
    [InlineData("delimiter", "\"::\"", "$.delimiter is '::'; allowed: one ASCII character")]
    [InlineData("delimiter", "\"a\"", "$.delimiter is 'a'; allowed: one ASCII character")]
    [InlineData("name", "\"\"", "$.name is ''; allowed: a name for the map")]
    [InlineData("amout", "{ }", "$.amout is unknown here; allowed: name, delimiter, choice, id, eventTime")]
    public void Load_OfWrongMap_NamesFilePathValueAndWhatIsAllowed(string field, string json, string expected)
    {
        var error = Assert.Throws<DatasetException>(() => Map((field, json)));
        Assert.Contains("map.json", error.Message, StringComparison.Ordinal);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_OfSeveralFaults_NamesThemAll()
    {
        var error = Assert.Throws<DatasetException>(() => Map(
            ("amount", """{ "column": "sum", "unit": "euro" }"""), ("channel", """{ "constant": "web" }"""), ("card", "null")));
        Assert.All(["$.amount.unit", "$.channel.constant", "$.card"], path => Assert.Contains(
            path, error.Message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("""{ "name": "x", """)]
    [InlineData("")]
    [InlineData("""{ "name": "x", "name": "y" }""")]
    public void Load_OfNoJson_SaysSo(string json)
    {
        var path = Path.Combine(_folder, "map.json");
        File.WriteAllText(path, json);
        Assert.Contains("map.json' is not JSON", Assert.Throws<DatasetException>(() => ColumnMap.Load(path)).Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("5")]
    public void Load_OfOtherJson_SaysWhatAMapIs(string json)
    {
        var path = Path.Combine(_folder, "map.json");
        File.WriteAllText(path, json);
        Assert.Contains($"$ is {json}; allowed: an object", Assert.Throws<DatasetException>(() => ColumnMap.Load(path)).Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{ "column": "when" }""", "2024-07-01T10:00:00", "2024-07-01T10:00:00Z")]
    [InlineData("""{ "column": "when" }""", "2024-07-01 10:00:00.25+02:00", "2024-07-01T08:00:00.25Z")]
    [InlineData("""{ "column": "when" }""", "2024-07-01T10:00Z", "2024-07-01T10:00:00Z")]
    [InlineData("""{ "column": "when", "zone": "Europe/Berlin" }""", "2024-07-01 10:00:00", "2024-07-01T08:00:00Z")]
    [InlineData("""{ "column": "when", "zone": "Europe/Berlin" }""", "2024-01-01 10:00:00", "2024-01-01T09:00:00Z")]
    [InlineData("""{ "column": "when", "zone": "Europe/Berlin" }""", "2024-01-01T10:00:00Z", "2024-01-01T10:00:00Z")]
    [InlineData("""{ "column": "when", "zone": "Europe/Berlin" }""", "2024-10-27 02:30:00", "2024-10-27T01:30:00Z")]
    [InlineData("""{ "column": "when", "zone": "-05:30" }""", "2024-01-01 10:00:00", "2024-01-01T15:30:00Z")]
    [InlineData("""{ "column": "when", "format": "dd/MM/yyyy HH.mm" }""", "02/07/2024 10.05", "2024-07-02T10:05:00Z")]
    [InlineData("""{ "column": "when", "format": "M/d/yyyy h:mm tt" }""", "7/2/2024 1:05 PM", "2024-07-02T13:05:00Z")]
    [InlineData("""{ "column": "when", "format": "yyyyMMdd" }""", "20240702", "2024-07-02T00:00:00Z")]
    [InlineData("""{ "column": "when", "format": "unix-seconds" }""", "1700000000", "2023-11-14T22:13:20Z")]
    [InlineData("""{ "column": "when", "format": "unix-seconds" }""", "1700000000.5", "2023-11-14T22:13:20.5Z")]
    [InlineData("""{ "column": "when", "format": "unix-milliseconds" }""", "1700000000001", "2023-11-14T22:13:20.001Z")]
    public void Read_OfTime_KnowsFormatAndZone(string json, string cell, string expected) =>
        Assert.Equal(DateTimeOffset.Parse(expected, System.Globalization.CultureInfo.InvariantCulture), Read(
            Map(("eventTime", json)), $"1,{cell},7,5.00,s").Transaction!.EventTime);

    [Theory]
    [InlineData("""{ "column": "when" }""", "01/07/2024 10:00")]
    [InlineData("""{ "column": "when" }""", "2024-07-01")]
    [InlineData("""{ "column": "when", "zone": "Europe/Berlin" }""", "2024-03-31 02:30:00")]
    [InlineData("""{ "column": "when", "format": "unix-seconds" }""", "1700000000000")]
    [InlineData("""{ "column": "when", "format": "unix-milliseconds" }""", "1700000000")]
    [InlineData("""{ "column": "when", "format": "unix-seconds" }""", "-5")]
    public void Read_OfTimeThatIsNone_NamesColumnAndValue(string json, string cell)
    {
        var fault = Assert.Single(Read(Map(("eventTime", json)), $"1,{cell},7,5.00,s").Faults);
        Assert.StartsWith("column 2 'when': eventTime is '", fault.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_OfTemplate_JoinsColumns()
    {
        var map = Map(("merchantId", """{ "template": "{shop}@{who}" }"""), ("id", """{ "template": "{{{no}}}-{line}" }"""));
        var error = Read(map, "1,2024-07-01T10:00:00,7,5.00,s");
        Assert.Contains(error.Faults, fault => fault.Field == "id" && fault.ToString().Contains("'{1}-2'", StringComparison.Ordinal));

        Assert.Equal("s@7", Read(Map(("merchantId", """{ "template": "{shop}@{who}" }""")), "1,2024-07-01T10:00:00,7,5.00,s").Transaction!.MerchantId);
    }

    [Fact]
    public void Read_OfTemplateWithAnEmptyCell_IsEmpty()
    {
        var row = Read(Map(("merchantId", """{ "template": "{shop}@{who}" }""")), "1,2024-07-01T10:00:00,7,5.00,");
        Assert.Equal("columns {shop}@{who}: merchantId is missing; allowed: a value", Assert.Single(row.Faults).ToString());
    }

    [Fact]
    public void Read_OfTimeFromTwoColumns_ParsesThemTogether()
    {
        var map = Map(("eventTime", """{ "template": "{no} {when}", "format": "yyyyMMdd HHmm" }"""), ("id", """{ "template": "x-{line}" }"""));
        Assert.Equal(new DateTimeOffset(2024, 7, 2, 14, 30, 0, TimeSpan.Zero), Read(map, "20240702,1430,7,5.00,s").Transaction!.EventTime);
    }

    [Theory]
    [InlineData("""{ "column": "sum", "unit": "minor" }""", "500", 500)]
    [InlineData("""{ "column": "sum" }""", "500.0", 500)]
    [InlineData("""{ "column": "sum", "unit": "major" }""", "5", 500)]
    [InlineData("""{ "column": "sum", "unit": "major", "remove": "$," }""", "\"$1,234.56\"", 123_456)]
    [InlineData("""{ "column": "sum", "unit": "major", "decimal": ",", "remove": ". €" }""", "\"1.234,56 €\"", 123_456)]
    [InlineData("""{ "column": "sum", "unit": "major" }""", "1e2", 10_000)]
    public void Read_OfAmount_KnowsUnitAndSigns(string json, string cell, long minor) =>
        Assert.Equal(minor, Read(Map(("amount", json)), $"1,2024-07-01T10:00:00,7,{cell},s").Transaction!.AmountMinor);

    [Theory]
    [InlineData("""{ "column": "sum", "unit": "major" }""", "\"5,00\"")]
    [InlineData("""{ "column": "sum", "unit": "major", "decimal": "," }""", "5.00")]
    [InlineData("""{ "column": "sum", "unit": "major" }""", "$5.00")]
    [InlineData("""{ "column": "sum", "unit": "minor" }""", "5.50")]
    [InlineData("""{ "column": "sum", "unit": "major" }""", "5.005")]
    [InlineData("""{ "column": "sum", "unit": "major" }""", "79228162514264337593543950335")]
    [InlineData("""{ "column": "sum", "unit": "major" }""", "1e400")]
    [InlineData("""{ "column": "sum", "unit": "major" }""", "NaN")]
    public void Read_OfAmountThatIsNone_NamesColumnAndValue(string json, string cell) =>
        Assert.StartsWith(
            "column 4 'sum': amount is '", Assert.Single(Read(Map(("amount", json)), $"1,2024-07-01T10:00:00,7,{cell},s").Faults)
            .ToString(), StringComparison.Ordinal);

    [Theory]
    [InlineData("""{ "column": "shop" }""", "1", true)]
    [InlineData("""{ "column": "shop" }""", "FALSE", false)]
    [InlineData("""{ "column": "shop", "positive": ["Yes"], "negative": ["No"] }""", "yes", true)]
    [InlineData("""{ "column": "shop", "positive": ["Yes"], "negative": ["*"] }""", "whatever", false)]
    [InlineData("""{ "column": "shop", "positive": ["*"], "negative": ["0"] }""", "3", true)]
    [InlineData("""{ "column": "shop", "positive": ["*"], "negative": ["0"] }""", "0", false)]
    [InlineData("""{ "column": "gone", "optional": true, "constant": "0" }""", "x", false)]
    public void Read_OfLabel_KnowsItsValues(string json, string cell, bool isFraud) =>
        Assert.Equal(isFraud, Read(Map(("label", json), ("merchantId", """{ "constant": "m" }""")), $"1,2024-07-01T10:00:00,7,5.00,{cell}").Label.IsFraud);

    [Theory]
    [InlineData("2")]
    [InlineData("yes")]
    [InlineData("")]
    public void Read_OfLabelThatIsNeither_RejectsTheLine(string cell)
    {
        var row = Read(Map(("label", """{ "column": "shop" }"""), ("merchantId", """{ "constant": "m" }""")), $"1,2024-07-01T10:00:00,7,5.00,{cell}");
        Assert.Null(row.Transaction);
        Assert.StartsWith("column 5 'shop': label is", Assert.Single(row.Faults).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_OfValueThatTheTableLacks_NamesWhatItHolds()
    {
        var mcc = """{ "column": "shop", "values": { "food": "5812", "fuel": "5541" } }""";
        Assert.Equal(5812, Read(Map(("mcc", mcc)), "1,2024-07-01T10:00:00,7,5.00,food").Transaction!.Mcc);
        Assert.Equal(
            "column 5 'shop': mcc is 'toys'; allowed: what the map's values hold: food, fuel",
            Assert.Single(Read(Map(("mcc", mcc)), "1,2024-07-01T10:00:00,7,5.00,toys").Faults).ToString());
    }

    [Fact]
    public void Read_OfFaultOfTheWholeTransaction_NamesTheColumnToo() =>
        Assert.StartsWith(
            "column 4 'sum': amountMinor is '-500'; allowed", Assert.Single(Read(Map(), "1,2024-07-01T10:00:00,7,-5.00,s").Faults)
            .ToString(), StringComparison.Ordinal);

    [Fact]
    public void Read_WithDelimiterOfTheMap_SplitsAtIt()
    {
        var map = Map(("delimiter", "\"^\""));
        Assert.Equal("s,t", Assert.Single(Rows(map, "no^when^who^sum^shop\n1^2024-07-01T10:00:00^7^5.00^s,t\n")).Transaction!.MerchantId);
    }

    private CsvLine Read(ColumnMap map, string line) => Assert.Single(Rows(map, $"no,when,who,sum,shop\n{line}\n"));

    private List<CsvLine> Rows(ColumnMap map, string content)
    {
        var path = Path.Combine(_folder, "file.csv");
        File.WriteAllText(path, content);
        return [.. new CsvTransactionReader(path, map, Now).Read()];
    }

    private ColumnMap Map(params (string Field, string Json)[] changes)
    {
        var fields = new Dictionary<string, string>(Fields);
        foreach (var (field, json) in changes)
        {
            fields[field] = json;
        }

        var path = Path.Combine(_folder, "map.json");
        File.WriteAllText(path, $"{{ {string.Join(",\n", fields.Select(field => $"\"{field.Key}\": {field.Value}"))} }}");
        return ColumnMap.Load(path);
    }
}
