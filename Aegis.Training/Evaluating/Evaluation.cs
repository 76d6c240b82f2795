using Aegis.Core.Decisions;
using Aegis.Core.Features;
using Aegis.Core.Transactions;
using Aegis.MachineLearning.Bundles;
using Aegis.MachineLearning.Choices;
using Aegis.MachineLearning.Evaluation;
using Aegis.Training.Searching;
using Aegis.Training.Sources;

namespace Aegis.Training.Evaluating;

/// <summary>Fits models on some days of a labelled file, and judges how they rank the frauds of later days.</summary>
internal sealed class Evaluation
{
    private const int SearchSeeds = 5;

    private readonly EvaluateOptions _options;
    private readonly EvaluationSplit _split;
    private readonly EvaluationSplit? _earlier;
    private readonly ModelChoice _choice;

    /// <summary>Prepares an evaluation. It reads the file of a choice, but not yet the data.</summary>
    /// <exception cref="ArgumentException">The days are in the wrong order, or the choice cannot be read.</exception>
    public Evaluation(EvaluateOptions options)
    {
        _options = options;
        _split = Split(options.Train, options.Test);
        _earlier = ChoosingDays.Of(options.ChooseOn, options.JudgeOn, options.Test) is { } days ? Split(days.Fit, days.Judge) : null;
        _choice = options.ChoicePath is { } path ? ModelChoice.Read(path) : MapChoice.Of(options.Map, options.FeedsLabels);
    }

    /// <summary>Reads the data, chooses a model if asked to, fits and judges. It runs once.</summary>
    /// <exception cref="ArgumentException">The days to judge have no fraud, or a group of features is unknown.</exception>
    /// <exception cref="Datasets.Files.DatasetException">The data cannot be read.</exception>
    public EvaluationReport Run(IProgress<TrainingProgress> progress)
    {
        progress.Report(new("features", 0));
        EvaluationData.Read(
            TransactionSource.Read(_options.DataPath, _options.Map), _earlier is null ? [_split] : [_earlier, _split],
            _options.Shards, _options.LabelDelayDays, _options.FeedsLabels);
        progress.Report(new("features", 1));
        var search = _earlier is null ? null : Search(_earlier, progress);
        var choice = search?.Choice ?? _choice;
        _split.RequireFraud();
        var judge = JudgeOf(_split);
        var models = Measure(judge, choice, progress);
        return new EvaluationReport
        {
            Options = _options,
            Split = SplitSummary.Of(_split),
            Choice = choice,
            Search = search,
            Models = models,
            Baselines = _options.WithBaselines
                ? [.. new Baselines(judge, choice, _options.Seeds).Run().Select(baseline => Join(baseline.Name, baseline.Seeds))]
                : [],
            Scenarios = [.. models.Detectors.Forest.RecallByScenario.Keys.Select(name => new ScenarioCount(name, _split.FraudsOf(name)))],
            Ablation = _options.WithAblation ? Ablation.Run(new DetectorTrials(judge, _options.Seeds), choice, _options.FeedsLabels) : [],
            Contamination = _options.WithContamination ? Contamination.Run(judge, choice, _options.Seeds) : [],
        };
    }

    private EvaluationSplit Split(DateRange fit, DateRange judge) => new(fit, judge, _options.LabelDelayDays, _options.RemovesKnownCards);

    private SplitJudge JudgeOf(EvaluationSplit split) => new(split, _options.Budget, _options.K, _options.Period);

    private SearchReport Search(EvaluationSplit earlier, IProgress<TrainingProgress> progress)
    {
        earlier.RequireFraud();
        var steps = new List<SearchStep>();
        var trials = new DetectorTrials(JudgeOf(earlier), SearchSeeds);
        var allowed = AllowedFeatures.Of(earlier.Train, _options.LeftOutGroups, _options.FeedsLabels);
        var search = new ChoiceSearch(trials, allowed, _options.MostFits, step =>
        {
            steps.Add(step);
            progress.Report(new("choice", Math.Min(1, trials.Fits / (double)_options.MostFits)));
        });
        var choice = search.Run(options => Fit(earlier, options));
        progress.Report(new("choice", 1));
        return new SearchReport(
            SplitSummary.Of(earlier), choice with { ChosenOn = $"{earlier.TrainDays}, judged on {earlier.TestDays}" }, steps);
    }

    private RankedModels Measure(SplitJudge judge, ModelChoice choice, IProgress<TrainingProgress> progress)
    {
        var bySeed = new List<PerDetector<Measurement>>();
        for (var seed = 1; seed <= _options.Seeds; seed++)
        {
            progress.Report(new("models", (seed - 1) / (double)_options.Seeds));
            var model = Fit(_split, choice.ToOptions((ulong)seed, new AlertBudget(_options.Budget)));
            var train = ModelScores.Of(model, _split.Train);
            var test = ModelScores.Of(model, _split.Test);
            bySeed.Add(PerDetector<Measurement>.Of(detector => judge.Measure(detector.ScoresOf(train), detector.ScoresOf(test))));
        }

        progress.Report(new("models", 1));
        return new RankedModels(
            PerDetector<EvaluationResult>.Of(detector => Join(detector.Words(), [.. bySeed.Select(measured => measured[detector])])),
            Join("amount", [judge.Measure(Amounts(_split.Train), Amounts(_split.Test))]),
            Join("velocity", [judge.Measure(_split.TrainVelocity, _split.TestVelocity)]));
    }

    private FraudModel Fit(EvaluationSplit split, FraudModelTrainingOptions options) =>
        FraudModelTrainer.Train(
            split.Train, options, CurrencyRates.Default, _options.Shards, "evaluation", new Dictionary<string, string>());

    private EvaluationResult Join(string name, IReadOnlyList<Measurement> seeds) =>
        EvaluationResult.Over(name, _options.K, _options.Period, seeds);

    private static double[] Amounts(FeatureRows rows) =>
        [.. Enumerable.Range(0, rows.Count).Select(row => (double)rows[row][(int)Feature.AmountLog])];
}
