using Aegis.Core.Decisions;
using Aegis.Core.Features;
using Aegis.Core.Numerics;
using Aegis.Datasets.Files;
using Aegis.MachineLearning.Bundles;
using Aegis.MachineLearning.Evaluation;
using Aegis.Training.Bundles;
using Aegis.Training.Sources;

namespace Aegis.Training.Evaluating;

/// <summary>Trains a bundle as <c>train</c> does, and judges week by week how it ranks what follows in the file. No label
/// is fed to anything.</summary>
internal sealed class WeeklyEvaluation(TrainOptions options, TimeProvider clock)
{
    private const int BlockRows = 256;
    private const int DaysAWeek = 7;

    private readonly float[] _features = new float[BlockRows * FeatureSchema.Count];
    private readonly Assessment[] _assessments = new Assessment[BlockRows];
    private readonly List<(int Day, bool IsFraud, ulong IdHash)> _rows = [];
    private readonly List<double> _risks = [];
    private readonly List<double> _amounts = [];
    private int _filled;

    /// <summary>Trains, reads the file and judges. It runs once.</summary>
    /// <exception cref="DatasetException">The file cannot be read, or holds no payment or no fraud after the training days.</exception>
    public WeeklyReport Run(IProgress<TrainingProgress> progress)
    {
        var path = options.DataPath ?? throw new ArgumentException("--data is missing; allowed: the path of a labelled CSV file.");
        var trained = new BundleTraining(options, clock).Run(progress);
        progress.Report(new("weeks", 0));
        var first = trained.FileDays.Last.DayNumber + 1;
        Score(path, new FraudDetector(trained.Model), first);
        progress.Report(new("weeks", 1));
        bool[] frauds = [.. _rows.Select(row => row.IsFraud)];
        if (!frauds.Contains(true))
        {
            throw new DatasetException(
                $"'{Path.GetFileName(path)}' has {frauds.Length} payments after the training days {trained.FileDays} and no fraud among them; allowed: at least one fraud.");
        }

        var choice = options.Choice();
        var weeks = Weeks(first);
        double[] judged = [.. weeks.Where(week => week.Ap is not null).Select(week => week.Ap!.Value)];
        return new WeeklyReport
        {
            File = Path.GetFileName(path),
            Map = options.Map,
            Choice = choice.Name,
            ChoiceFingerprint = choice.Fingerprint(),
            TrainingDays = trained.Days.ToString(),
            Payments = frauds.Length,
            Frauds = frauds.Count(isFraud => isFraud),
            Ap = RankingMetrics.AveragePrecision([.. _risks], frauds),
            AmountAp = RankingMetrics.AveragePrecision([.. _amounts], frauds),
            WeeksMean = judged.Average(),
            WeeksSd = Math.Sqrt(judged.Average(ap => Math.Pow(ap - judged.Average(), 2))),
            AmountWeeksMean = weeks.Where(week => week.AmountAp is not null).Average(week => week.AmountAp!.Value),
            AtThreshold = AtThreshold(trained.Model.Policy, frauds),
            Weeks = weeks,
        };
    }

    private void Score(string path, FraudDetector detector, int firstDay)
    {
        var histories = new ShardedHistories(options.Rates, options.Shards);
        foreach (var (transaction, label) in TransactionSource.Read(path, options.Map, options.SkipsBad))
        {
            var features = _features.AsSpan(_filled * FeatureSchema.Count, FeatureSchema.Count);
            histories.ExtractAndAdd(transaction, features);
            var day = DateOnly.FromDateTime(transaction.EventTime.UtcDateTime).DayNumber;
            if (day < firstDay)
            {
                continue;
            }

            _rows.Add((day, label.IsFraud, StableHash.Hash64(transaction.Id)));
            _amounts.Add(features[(int)Feature.AmountLog]);
            if (++_filled == BlockRows)
            {
                Assess(detector);
            }
        }

        Assess(detector);
    }

    private void Assess(FraudDetector detector)
    {
        detector.AssessAll(_features.AsSpan(0, _filled * FeatureSchema.Count), _filled, _assessments);
        _risks.AddRange(_assessments.Take(_filled).Select(assessment => assessment.Risk));
        _filled = 0;
    }

    private List<WeekResult> Weeks(int firstDay) =>
    [
        .. Enumerable.Range(0, _rows.Count).GroupBy(row => (_rows[row].Day - firstDay) / DaysAWeek).OrderBy(week => week.Key)
            .Select(week =>
            {
                bool[] frauds = [.. week.Select(row => _rows[row].IsFraud)];
                var hasFraud = frauds.Contains(true);
                double? Ap(List<double> scores) =>
                    hasFraud ? RankingMetrics.AveragePrecision([.. week.Select(row => scores[row])], frauds) : null;
                return new WeekResult(
                    DateOnly.FromDayNumber(firstDay + (week.Key * DaysAWeek)), frauds.Length, frauds.Count(isFraud => isFraud),
                    Ap(_risks), Ap(_amounts));
            }),
    ];

    private OperatingPoint AtThreshold(DecisionPolicy policy, bool[] frauds)
    {
        bool[] flagged = [.. _risks.Select((risk, row) => policy.Decide(risk, _rows[row].IdHash) != DecisionOutcome.Approve)];
        var count = flagged.Count(isFlagged => isFlagged);
        var largest = Enumerable.Range(0, _amounts.Count).OrderByDescending(row => _amounts[row]).Take(count).ToHashSet();
        bool[] byAmount = [.. Enumerable.Range(0, flagged.Length).Select(largest.Contains)];
        var (precision, recall) = AlertMetrics.PrecisionAndRecall(flagged, frauds);
        var (amountPrecision, amountRecall) = AlertMetrics.PrecisionAndRecall(byAmount, frauds);
        return new OperatingPoint(count, precision, recall, amountPrecision, amountRecall);
    }
}
