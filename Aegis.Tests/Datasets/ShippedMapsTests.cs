using Aegis.AppHost;
using Aegis.Core.Transactions;
using Aegis.Datasets.Files;
using Aegis.Datasets.Maps;

namespace Aegis.Tests.Datasets;

/// <summary>Files in the layouts that people download, with made-up lines.</summary>
public sealed class ShippedMapsTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly string _folder = Repository.TemporaryFolder();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void KaggleSparkov_ExchangesCardNumbers()
    {
        var rows = Read(
            "kaggle-sparkov", """
            ,trans_date_trans_time,cc_num,merchant,category,amt,first,last,gender,street,city,state,zip,lat,long,city_pop,job,dob,trans_num,unix_time,merch_lat,merch_long,is_fraud
            0,2019-01-01 00:00:18,4111111111111111,"fraud_Rippin, Kub and Mann",misc_net,4.97,Ann,Example,F,1 Example Street,Moravian Falls,NC,28654,36.0788,-81.1781,3495,Tester,1988-03-09,0b242abb623afc578575680df30655b9,1325376018,36.011293,-82.048315,0
            1,2019-01-01 00:00:44,630423337322,fraud_Heller,grocery_pos,107.23,Ann,Example,F,2 Example Street,Orient,WA,99160,48.8878,-118.2105,149,Tester,1978-06-21,1f76529f8574734946361c461b024d99,1325376044,49.159047,-118.186462,1
            """);
        Assert.All(rows, row => Assert.Empty(row.Faults));
        var (first, second) = (rows[0].Transaction!, rows[1].Transaction!);
        Assert.Equal(("411111", "1111", Channel.Ecommerce, 497), (first.CardBin, first.CardLastFour, first.Channel, first.AmountMinor));
        Assert.DoesNotContain("4111111111111111", first.ToString(), StringComparison.Ordinal);
        Assert.Equal(new DateTimeOffset(2019, 1, 1, 0, 0, 44, TimeSpan.Zero), second.EventTime);
        Assert.Equal([false, true], rows.Select(row => row.Label.IsFraud));
    }

    [Fact]
    public void Tabformer_ReadsDollarsAndPartsOfDates_AndRefunds()
    {
        var rows = Read(
            "tabformer", """
            User,Card,Year,Month,Day,Time,Amount,Use Chip,Merchant Name,Merchant City,Merchant State,Zip,MCC,Errors?,Is Fraud?
            0,0,2002,9,1,06:21,$134.09,Swipe Transaction,3527213246127876953,La Verne,CA,91750.0,5300,,No
            0,1,2015,11,30,23:05,$9.50,Online Transaction,-727612092139916043,ONLINE,,,5411,,Yes
            0,1,2015,12,1,10:00,$-99.00,Chip Transaction,-727612092139916043,La Verne,CA,91750.0,5411,,No
            """);
        Assert.Equal(
            (13_409, Channel.Swipe, 5300, "0-0"), (
                rows[0].Transaction!.AmountMinor, rows[0].Transaction!.Channel, rows[0].Transaction!.Mcc, rows[0].Transaction!.CardToken));
        Assert.Equal(new DateTimeOffset(2015, 11, 30, 23, 5, 0, TimeSpan.Zero), rows[1].Transaction!.EventTime);
        Assert.True(rows[1].Label.IsFraud);
        Assert.Equal((9_900, PaymentKind.Refund), (rows[2].Transaction!.AmountMinor, rows[2].Transaction!.Kind));
    }

    [Fact]
    public void Paysim_CountsHoursFromItsOrigin()
    {
        var rows = Read(
            "paysim", """
            step,type,amount,nameOrig,oldbalanceOrg,newbalanceOrig,nameDest,oldbalanceDest,newbalanceDest,isFraud,isFlaggedFraud
            1,PAYMENT,9839.64,C1231006815,170136.0,160296.36,M1979787155,0.0,0.0,0,0
            743,CASH_OUT,850002.52,C1280323807,850002.52,0.0,C873221189,6510099.11,7360101.63,1,0
            """);
        Assert.All(rows, row => Assert.Empty(row.Faults));
        Assert.Equal(new DateTimeOffset(2024, 1, 1, 1, 0, 0, TimeSpan.Zero), rows[0].Transaction!.EventTime);
        Assert.Equal(
            (new DateTimeOffset(2024, 1, 31, 23, 0, 0, TimeSpan.Zero), Channel.Atm, 6011, 85_000_252),
            (rows[1].Transaction!.EventTime, rows[1].Transaction!.Channel, rows[1].Transaction!.Mcc, rows[1].Transaction!.AmountMinor));
    }

    [Fact]
    public void Banksim_CountsDaysAndReadsItsCategories()
    {
        var rows = Read(
            "banksim", """
            step,customer,age,gender,zipcodeOri,merchant,zipMerchant,category,amount,fraud
            0,'C1093826151','4','M','28007','M348934600','28007','es_transportation',4.55,0
            179,'C1753498738','3','F','28007','M480139044','28007','es_health',1032.1,1
            """);
        Assert.All(rows, row => Assert.Empty(row.Faults));
        Assert.Equal([4111, 8099], rows.Select(row => row.Transaction!.Mcc));
        Assert.Equal(new DateTimeOffset(2024, 6, 28, 12, 0, 0, TimeSpan.Zero), rows[1].Transaction!.EventTime);
    }

    [Fact]
    public void IeeeCis_CountsSecondsAndRoundsAmounts()
    {
        var rows = Read(
            "ieee-cis", """
            TransactionID,isFraud,TransactionDT,TransactionAmt,ProductCD,card1,card2,card3,card4,card5,card6,addr1,addr2
            2987000,0,86400,68.5,W,13926,,150.0,discover,142.0,credit,315.0,87.0
            2987008,1,86535,15.018,C,2803,100.0,150.0,visa,226.0,debit,337.0,87.0
            """);
        Assert.All(rows, row => Assert.Empty(row.Faults));
        Assert.Equal([6_850L, 1_502L], rows.Select(row => row.Transaction!.AmountMinor));
        Assert.Equal(new DateTimeOffset(2017, 12, 2, 0, 2, 15, TimeSpan.Zero), rows[1].Transaction!.EventTime);
    }

    [Fact]
    public void Up_NamesEveryShippedMap()
    {
        var source = File.ReadAllText(Path.Combine(Repository.Root, "Aegis.AppHost", $"{nameof(UpOptions)}.cs"));
        Assert.Contains($"{string.Join(", ", ColumnMap.ShippedNames)}, or the path", source, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{ "column": "t", "format": "hours" }""", "$.eventTime.origin is missing; allowed: an ISO 8601 time with its offset")]
    [InlineData("""{ "column": "t", "format": "hours", "origin": "2024" }""", "$.eventTime.origin is '2024'; allowed: an ISO 8601 time")]
    [InlineData("""{ "column": "t", "origin": "2024-01-01T00:00:00Z" }""", "$.eventTime.origin is '2024-01-01T00:00:00Z'; allowed: an origin only beside")]
    [InlineData("""{ "column": "t", "format": "days", "origin": "2024-01-01T00:00:00Z", "zone": "+01:00" }""", "$.eventTime.zone is '+01:00'; allowed: no zone beside days")]
    public void Load_OfARelativeTimeThatLacksSomething_SaysWhat(string eventTime, string fault)
    {
        var path = Path.Combine(_folder, "map.json");
        File.WriteAllText(path, $$"""{"name": "own", "eventTime": {{eventTime}}}""");
        Assert.Contains(fault, Assert.Throws<DatasetException>(() => ColumnMap.Load(path)).Message, StringComparison.Ordinal);
    }

    private List<CsvLine> Read(string map, string csv)
    {
        var path = Path.Combine(_folder, $"{map}.csv");
        File.WriteAllText(path, csv);
        return [.. new CsvTransactionReader(path, ColumnMap.Load(map), Now, new CardTokeniser(new byte[CardTokeniser.KeyBytes])).Read()];
    }
}
