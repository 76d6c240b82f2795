using Aegis.Core.Transactions;
using Aegis.MachineLearning.Bundles;
using Aegis.MachineLearning.Evaluation;

namespace Aegis.Training.Evaluating;

/// <summary>Feature rows of days to fit on, and of later days to judge.</summary>
/// <param name="train">The days to fit on.</param>
/// <param name="test">The days to judge.</param>
/// <param name="labelDelay">The number of days until a fraud is known.</param>
/// <param name="removeKnown">True to leave cards out of the days to judge if a fraud of theirs, since the first day to
/// fit on, is known.</param>
internal sealed class EvaluationSplit(DateRange train, DateRange test, int labelDelay, bool removeKnown)
{
    private readonly Dictionary<string, int> _firstKnownFraud = [];

    /// <summary>The days to fit on.</summary>
    public DateRange TrainDays { get; } = train;

    /// <summary>The days to judge.</summary>
    public DateRange TestDays { get; } = test.First > train.Last
        ? test
        : throw new ArgumentException($"The days to judge are {test}; allowed: days after {train}, which are fitted on.");

    /// <summary>The rows to fit on.</summary>
    public FeatureRows Train { get; } = new();

    /// <summary>The rows to judge, without the removed ones.</summary>
    public FeatureRows Test { get; } = new();

    /// <summary>For each row to fit on, the card's number of payments in the 24 hours before.</summary>
    public List<double> TrainVelocity { get; } = [];

    /// <summary>For each row to judge, the card's number of payments in the 24 hours before.</summary>
    public List<double> TestVelocity { get; } = [];

    /// <summary>The scenario in the label of each row to judge; null if it names none.</summary>
    public List<string?> TestScenarios { get; } = [];

    /// <summary>Adds the next payment of the stream.</summary>
    public void Add(ReadOnlySpan<float> features, string card, int day, FraudLabel label, int velocity, ulong idHash)
    {
        var isFraud = label.IsFraud;
        if (isFraud && day >= TrainDays.First.DayNumber)
        {
            _firstKnownFraud.TryAdd(card, day);
        }

        if (TrainDays.Contains(day))
        {
            Train.Add(features, card, day, isFraud, idHash);
            TrainVelocity.Add(velocity);
        }
        else if (TestDays.Contains(day) && !(removeKnown && IsKnown(card, day - labelDelay - 1)))
        {
            Test.Add(features, card, day, isFraud, idHash);
            TestVelocity.Add(velocity);
            TestScenarios.Add(label.Scenario);
        }
    }

    /// <summary>The number of frauds of a kind among the rows to judge.</summary>
    public int FraudsOf(string scenario) =>
        Enumerable.Range(0, Test.Count).Count(row => Test.Frauds[row] && TestScenarios[row] == scenario);

    /// <summary>Refuses days to judge on which nothing can be ranked.</summary>
    /// <exception cref="ArgumentException">The days have no fraud.</exception>
    public void RequireFraud()
    {
        if (!Test.Frauds.Any(isFraud => isFraud))
        {
            throw new ArgumentException($"The days {TestDays} hold {Test.Count} payments and no fraud; allowed: at least one fraud.");
        }
    }

    private bool IsKnown(string card, int lastKnownDay) => _firstKnownFraud.TryGetValue(card, out var day) && day <= lastKnownDay;
}
