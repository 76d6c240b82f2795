using System.Diagnostics;
using System.Net.Http.Json;
using Aegis.Core.Decisions;
using Aegis.Core.Ingestions;
using Aegis.Datasets.Maps;
using Aegis.TestRig.Processes;
using Aegis.Tests.MachineLearning;
using Aegis.Tests.Scoring;
using Aegis.Tests.Streams;

namespace Aegis.Tests.EndToEnd;

/// <summary>A made-up file of each layout that has a map, replayed into one scoring service: three lines, one of them wrong.</summary>
public sealed class ShippedMapsReplayTests(SmallModel small, RedisFixture redis)
    : EmptyLogTests(redis), IClassFixture<SmallModel>, IClassFixture<RedisFixture>
{
    // In the order of their times, as one log has them.
    private static readonly (string Map, string Fault, string Csv)[] Files =
    [
        ("tabformer", "line 3: column 7 'Amount'", """
            User,Card,Year,Month,Day,Time,Amount,Use Chip,Merchant Name,Merchant City,Merchant State,Zip,MCC,Errors?,Is Fraud?
            0,0,2015,11,30,06:21,$134.09,Swipe Transaction,3527213246127876953,La Verne,CA,91750.0,5300,,No
            0,1,2015,11,30,23:05,nothing,Online Transaction,-727612092139916043,ONLINE,,,5411,,Yes
            0,1,2015,12,1,10:00,$-99.00,Chip Transaction,-727612092139916043,La Verne,CA,91750.0,5411,,No
            """),
        ("ieee-cis", "line 2: column 4 'TransactionAmt'", """
            TransactionID,isFraud,TransactionDT,TransactionAmt,ProductCD,card1,card2
            2987000,0,86400,-68.5,W,13926,
            2987001,0,86401,29.0,W,2755,404.0
            2987008,1,86535,15.018,C,2803,100.0
            """),
        ("handbook", "line 4: column 6 'TX_FRAUD'", """
            TRANSACTION_ID,TX_DATETIME,CUSTOMER_ID,TERMINAL_ID,TX_AMOUNT,TX_FRAUD,TX_FRAUD_SCENARIO
            0,2018-04-01 00:00:31,596,3156,57.16,0,0
            1,2018-04-01 00:02:10,4961,3412,81.51,1,1
            2,2018-04-01 00:07:56,2,1365,146.00,perhaps,0
            """),
        ("kaggle-sparkov", "line 4: column 2 'trans_date_trans_time'", """
            ,trans_date_trans_time,cc_num,merchant,category,amt,first,last,gender,street,city,state,zip,lat,long,city_pop,job,dob,trans_num,unix_time,merch_lat,merch_long,is_fraud
            0,2019-01-01 00:00:18,4111111111111111,"fraud_Rippin, Kub and Mann",misc_net,4.97,Ann,Example,F,1 Example Street,Moravian Falls,NC,28654,36.0788,-81.1781,3495,Tester,1988-03-09,0b242abb623afc578575680df30655b9,1325376018,36.011293,-82.048315,0
            1,2019-01-01 00:00:44,630423337322,fraud_Heller,grocery_pos,107.23,Ann,Example,F,2 Example Street,Orient,WA,99160,48.8878,-118.2105,149,Tester,1978-06-21,1f76529f8574734946361c461b024d99,1325376044,49.159047,-118.186462,1
            2,2019-01-01 25:00:51,38859492057661,fraud_Lind,entertainment,220.11,Ann,Example,M,3 Example Street,Malad City,ID,83252,42.1808,-112.262,4154,Tester,1962-01-19,a1a22d70485983eac12b5b88dad1cf95,1325376051,43.150704,-112.154481,0
            """),
        ("paysim", "line 3: column 2 'type'", """
            step,type,amount,nameOrig,oldbalanceOrg,newbalanceOrig,nameDest,oldbalanceDest,newbalanceDest,isFraud,isFlaggedFraud
            1,PAYMENT,9839.64,C1231006815,170136.0,160296.36,M1979787155,0.0,0.0,0,0
            1,BARTER,181.0,C1305486145,181.0,0.0,C553264065,0.0,0.0,1,0
            2,CASH_OUT,850002.52,C1280323807,850002.52,0.0,C873221189,6510099.11,7360101.63,1,0
            """),
        ("banksim", "line 3: line is", """
            step,customer,age,gender,zipcodeOri,merchant,zipMerchant,category,amount,fraud
            1,'C1093826151','4','M','28007','M348934600','28007','es_transportation',4.55,0
            2,'C352968107','2','M','28007'
            3,'C1753498738','3','F','28007','M480139044','28007','es_health',1032.1,1
            """),
        ("sparkov", "line 2: column 6 'merch_lat'", """
            unix_time,card,amt,merchant,category,merch_lat,merch_long,is_fraud
            1704873600,c-1,4.97,fraud_Rippin,misc_net,north,-82.048315,0
            1704873660,c-2,107.23,fraud_Heller,grocery_pos,49.159047,-118.186462,0
            1704873720,c-1,220.11,fraud_Lind,entertainment,43.150704,-112.154481,1
            """),
        ("simulated", "line 2: column 4 'amountMinor'", """
            id,eventTime,card,amountMinor,currency,merchantId,mcc,country,channel,isFraud,scenario
            w-1,2025-07-01T12:00:00.000Z,card-9,some,EUR,m-1,5411,DE,chip,0,
            w-2,2025-07-01T12:30:00.000Z,card-9,990,EUR,m-2,5812,DE,contactless,0,
            w-3,2025-07-01T12:40:00.000Z,card-8,120,EUR,m-3,5815,DE,ecommerce,1,card_testing
            """),
        ("native", "line 4: column 8 'country'", """
            id, eventTime, card, amountMinor, currency, merchantId, mcc, country, channel
            n-1, 2025-07-01T12:00:00Z, card-1, 4120, EUR, m-1, 5411, DE, chip
            n-2, 2025-07-01T12:30:00Z, card-1, 990, EUR, m-2, 5812, DE, contactless
            n-3, 2025-07-01T12:40:00Z, card-2, 990, EUR, m-2, 5812, Germany, contactless
            """),
    ];

    [Fact]
    public async Task Replay_OfEveryShippedMap_DecidesTheGoodLinesAndNamesTheOther()
    {
        Assert.Equal(ColumnMap.ShippedNames.Order(), Files.Select(file => file.Map).Order());
        await using var host = await ScoringHost.StartAsync(small, Server, Folder);
        var decided = 0;
        foreach (var (map, fault, csv) in Files)
        {
            await ReplayAsync(map, csv);
            await host.DecidedAsync(decided += 2);
            var statistics = await host.StatisticsAsync();
            Assert.Equal((map, decided, 0L), (map, (int)statistics.Decided, statistics.DeadLetters));

            var run = await TakenAsync(host, $"{map}.csv");
            Assert.Equal((map, 3L, 2L, 1L, 0L), (map, run.Received, run.Accepted, run.Refused, run.Duplicates));
            var found = (await host.Http.GetFromJsonAsync<IngestionRun>($"/ingestions/{run.Id}", AegisJson.Options))!.Faults![0];
            Assert.StartsWith(fault, $"line {found.Line}: {found.Text}", StringComparison.Ordinal);
        }
    }

    private static async Task<IngestionRun> TakenAsync(ScoringHost host, string file)
    {
        IngestionRun? run = null;
        await ScoringHost.EventuallyAsync(
            async () => (run = (await host.Http.GetFromJsonAsync<List<IngestionRun>>("/ingestions", AegisJson.Options))!
                .Find(one => one.File == file)) is not null,
            $"the ingestion of {file} is listed");
        return run!;
    }

    private async Task ReplayAsync(string map, string csv)
    {
        var path = Path.Combine(Folder, $"{map}.csv");
        await File.WriteAllTextAsync(path, csv);
        var start = new ProcessStartInfo(
            "dotnet", [
                Programs.Path("Aegis.Producer"), "replay", "--data", path, "--map", map, "--rate", "max", "--skip-bad", "--token-key",
                Path.Combine(Folder, "replay.key"),
            ])
            { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["ConnectionStrings__redis"] = Server.ConnectionString;
        start.Environment["Streams__ShardCount"] = $"{SmallModel.Shards}";
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"{map}: {await output} {await error}");
    }
}
