using System.Text.Json;
using System.Text.Json.Nodes;
using Aegis.AppHost;
using Aegis.AppHost.Supervision;
using Aegis.Benchmarks.Quality;
using Aegis.Core.Transactions;
using Aegis.MachineLearning.Bundles;
using Aegis.MachineLearning.Choices;
using Aegis.Training.Bundles;
using Aegis.Training.Evaluating;
using Aegis.Training.Searching;
using Aegis.Training.Verbs;

namespace Aegis.Tests.Training;

/// <summary>README names what a plain <c>up</c> gives. These tests hold the figures against what <c>up</c> runs.</summary>
public sealed class PublishedWeeksTests
{
    // Figures of another processor may differ in the last digits of a float.
    private const double Close = 0.005;

    private static readonly JsonArray Streams = JsonNode.Parse(
        File.ReadAllText(Path.Combine(Repository.Root, "docs", "benchmarks", "weeks.json")))!["streams"]!.AsArray();

    [Fact]
    public void Published_AreTheStreamsThatAreMeasured() =>
        Assert.Equal(WeeksBenchmark.Streams.Select(stream => stream.Name), Streams.Select(stream => (string)stream!["name"]!));

    /// <summary>The figures of another choice than the one that ships would be somebody else's.</summary>
    [Fact]
    public void Published_AreOfTheChoiceAndDaysThatUpRuns() => Assert.All(Streams, stream =>
    {
        var (file, map) = ((string)stream!["file"]!, (string)stream["map"]!);
        var run = OptionsOfUp(file, map);
        var choice = run.Choice();
        Assert.Equal(((string)stream["choice"]!, (string)stream["choiceFingerprint"]!), (choice.Name, choice.Fingerprint()));
        Assert.Equal(
            run with { DataPath = file, Rates = CurrencyRates.Default },
            TrainVerb.Options(WeeksVerb.Create().Parse(WeeksBenchmark.Arguments(file, map)[1..])) with
                { Rates = CurrencyRates.Default, FraudShare = run.FraudShare, Customers = run.Customers });
        Assert.StartsWith($"choice {choice.Name}: average precision by week ", ModelLine.Line(JsonSerializer.SerializeToNode(
            new { choice = choice.Name, choiceMeasured = PublishedWeeks.Of(choice.Name) })), StringComparison.Ordinal);
    });

    [Fact]
    public void OfSparkov_AreWhatTheseSourcesGive()
    {
        var path = Repository.SharedData("sparkov-2024.csv.gz");
        var published = Streams.First(stream => (string)stream!["map"]! == "sparkov")!;
        var report = new WeeklyEvaluation(OptionsOfUp(path, "sparkov"), TimeProvider.System).Run(new Progress<TrainingProgress>());
        Assert.Equal(
            ((string)published["trainingDays"]!, (int)published["payments"]!, (int)published["frauds"]!),
            (report.TrainingDays, report.Payments, report.Frauds));
        Assert.Equal((double)published["weeksMean"]!, report.WeeksMean, Close);
        Assert.Equal((double)published["weeksSd"]!, report.WeeksSd, Close);
        Assert.Equal((double)published["ap"]!, report.Ap, Close);
        Assert.Equal((double)published["amountAp"]!, report.AmountAp, Close);
        Assert.Equal((double)published["atThreshold"]!["recall"]!, report.AtThreshold.Recall, Close);
    }

    /// <summary>Whoever takes as many alerts from the model as its threshold gives finds more than by the largest amounts.</summary>
    [Fact]
    public void Published_BeatTheAmount_ByRankingAndAtTheirThreshold() => Assert.All(Streams, stream =>
    {
        var at = stream!["atThreshold"]!;
        Assert.True((double)stream["ap"]! > (double)stream["amountAp"]!);
        Assert.True((double)stream["weeksMean"]! > (double)stream["amountWeeksMean"]!);
        Assert.True((double)at["precision"]! > (double)at["amountPrecision"]!);
        Assert.True((double)at["recall"]! > (double)at["amountRecall"]!);
    });

    [Fact]
    public void Of_TheDefault_IsNothing_AndTheLineSaysSo()
    {
        Assert.Null(PublishedWeeks.Of(ModelChoice.DefaultName));
        Assert.Equal(
            "choice default, trained on 2024-01-15..2024-01-28; not measured on a stream of its own",
            ModelLine.Line(JsonNode.Parse("""{"choice":"default","trainingDays":"2024-01-15..2024-01-28"}""")));
        Assert.Equal(
            "choice default, trained on simulated payments, since the file is small: 60 payments to fit on, fewer than 100",
            ModelLine.Line(JsonNode.Parse(
                """{"choice":"default","simulatedBecause":"the file is small: 60 payments to fit on, fewer than 100"}""")));
        Assert.Null(ModelLine.Line(JsonNode.Parse("""{"trainingDays":"2024-01-15..2024-01-28"}""")));
        Assert.Null(ModelLine.Line(null));
    }

    /// <summary>What training does for <c>./aegis up --replay FILE --map MAP</c>.</summary>
    private static TrainOptions OptionsOfUp(string file, string map)
    {
        var path = Path.GetTempFileName();
        try
        {
            var up = UpOptions.Parse(["--replay", path, "--map", map], out _)!;
            return TrainVerb.Options(TrainVerb.Create().Parse(up.TrainingArguments("out.model")[1..])) with { DataPath = file };
        }
        finally
        {
            File.Delete(path);
        }
    }
}
