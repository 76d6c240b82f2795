using Aegis.Core.Features;
using Aegis.Core.Numerics;
using Aegis.MachineLearning.Autoencoders;
using Aegis.MachineLearning.Bundles;
using Aegis.MachineLearning.Choices;
using Aegis.MachineLearning.TailSums;

namespace Aegis.Training.Searching;

/// <summary>One line of a search: the change tried, its result, and whether it was taken.</summary>
internal sealed record SearchStep(string Change, TrialResult Result, bool IsTaken);

/// <summary>Chooses inputs, subsample sizes and detector weights by replay. A change that improves the merit stays.</summary>
/// <remarks>
/// The search starts from the default inputs. It tries subsample sizes, then whole groups, with and without each. Then
/// it tries single features, and replacing one by another of its group, in passes until a pass changes nothing. It does
/// this in four orders and keeps the best result. Then it tries subsample sizes again, splits of more than one column,
/// and last the detectors' weights. A change must raise the merit by a hundredth, because seeds alone move it by about
/// half of that. An input is left out if that costs no more than a five-hundredth of the merit.
/// </remarks>
internal sealed class ChoiceSearch(DetectorTrials trials, IReadOnlyList<Feature> allowed, int mostFits, Action<SearchStep> report)
{
    private const double MinGain = 1.01;
    private const double MaxLoss = 0.998;
    private const int SearchTrees = 200;
    private const int Orders = 4;

    /// <summary>The numbers of columns in a split to try.</summary>
    public static readonly int[] SplitChoices = [1, 2, 3];

    private static readonly int[][] SubsampleChoices = [[256, 1024], [256], [1024]];
    private static readonly double[] Weights = [0, 0.05, 0.1, 0.15, 0.25, 0.4, 0.6];

    // The weights of autoencoder and tail sum; the forest keeps some weight.
    private static readonly (double Autoencoder, double TailSum)[] WeightPairs =
        [.. Weights.SelectMany(a => Weights.Where(t => a + t < 0.9).Select(t => (a, t)))];

    private List<Feature> _inputs = [.. FeatureSchema.DefaultInputs.Where(allowed.Contains)];
    private int[] _subsamples = SubsampleChoices[0];
    private int _columnsPerSplit = SplitChoices[0];
    private TrialResult _best;

    /// <summary>Searches until nothing helps or the budget of fits is spent.</summary>
    /// <param name="train">Trains a whole model on the days to fit on.</param>
    public ModelChoice Run(Func<FraudModelTrainingOptions, FraudModel> train)
    {
        _best = trials.Forest(_inputs, SearchTrees, _subsamples, _columnsPerSplit);
        report(new SearchStep("default inputs", _best, true));
        TrySubsamples();
        foreach (var group in allowed.Select(f => FeatureSchema.Of(f).Group).Distinct())
        {
            Feature[] members = [.. allowed.Where(f => FeatureSchema.Of(f).Group == group)];
            Feature[] usual = [.. members.Where(f => FeatureSchema.DefaultInputs.Contains(f))];
            _ = members.Any(_inputs.Contains)
                ? TryInputs($"without {group}", [.. _inputs.Except(members)])
                : TryInputs($"with {group}", [.. _inputs, .. usual.Length > 0 ? usual : members]);
        }

        TryFeaturesInSeveralOrders();
        TrySubsamples();
        TrySplits();
        var choice = new ModelChoice
        {
            Inputs = [.. _inputs.Order().Select(f => FeatureSchema.Of(f).Name)],
            Subsamples = _subsamples,
            ColumnsPerSplit = _columnsPerSplit,
        };
        var (autoencoder, tailSum) = BestWeights(choice, train);
        return choice with { AutoencoderWeight = autoencoder, TailSumWeight = tailSum };
    }

    /// <summary>Tries features in several orders from the same inputs, and keeps the best result: what is tried first
    /// decides what is found.</summary>
    private void TryFeaturesInSeveralOrders()
    {
        var (start, startBest) = (_inputs, _best);
        var (end, endBest) = (_inputs, _best);
        var random = new SeededRandom(1);
        for (var order = 0; order < Orders; order++)
        {
            (_inputs, _best) = (start, startBest);
            var features = allowed.ToArray();
            for (var i = features.Length - 1; i > 0 && order > 0; i--)
            {
                var j = random.NextInt(i + 1);
                (features[i], features[j]) = (features[j], features[i]);
            }

            while (TryFeatures(features) || TrySwaps(features))
            {
            }

            report(new SearchStep($"end of order {order + 1}: {Names(_inputs)}", _best, _best.Merit > endBest.Merit));
            (end, endBest) = _best.Merit > endBest.Merit ? (_inputs, _best) : (end, endBest);
        }

        (_inputs, _best) = (end, endBest);
    }

    private static string Names(IEnumerable<Feature> features) => string.Join(", ", features.Order().Select(f => FeatureSchema.Of(f).Name));

    private bool TryFeatures(Feature[] features)
    {
        var isChanged = false;
        foreach (var feature in features)
        {
            isChanged |= _inputs.Contains(feature)
                ? TryInputs($"without {FeatureSchema.Of(feature).Name}", [.. _inputs.Where(f => f != feature)])
                : TryInputs($"with {FeatureSchema.Of(feature).Name}", [.. _inputs, feature]);
        }

        return isChanged;
    }

    private bool TrySwaps(Feature[] features)
    {
        var isChanged = false;
        foreach (var feature in features.Where(_inputs.Contains).ToArray())
        {
            foreach (var other in features.Where(f => FeatureSchema.Of(f).Group == FeatureSchema.Of(feature).Group))
            {
                if (_inputs.Contains(feature) && !_inputs.Contains(other))
                {
                    isChanged |= TryInputs(
                        $"{FeatureSchema.Of(other).Name} for {FeatureSchema.Of(feature).Name}",
                        [.. _inputs.Where(f => f != feature), other]);
                }
            }
        }

        return isChanged;
    }

    private void TrySubsamples()
    {
        foreach (var sizes in SubsampleChoices.Where(sizes => sizes != _subsamples))
        {
            if (IsTaken($"subsamples {string.Join("+", sizes)}", _inputs, sizes, _columnsPerSplit))
            {
                _subsamples = sizes;
            }
        }
    }

    private void TrySplits()
    {
        foreach (var columns in SplitChoices.Where(columns => columns != _columnsPerSplit))
        {
            if (IsTaken($"splits of {columns} columns", _inputs, _subsamples, columns))
            {
                _columnsPerSplit = columns;
            }
        }
    }

    private bool TryInputs(string change, List<Feature> inputs)
    {
        if (!IsTaken(change, inputs, _subsamples, _columnsPerSplit))
        {
            return false;
        }

        _inputs = inputs;
        return true;
    }

    private bool IsTaken(string change, List<Feature> inputs, int[] subsamples, int columnsPerSplit)
    {
        if (inputs.Count == 0 || trials.Fits >= mostFits)
        {
            return false;
        }

        var result = trials.Forest(inputs, SearchTrees, subsamples, columnsPerSplit);
        var isTaken = result.Merit > _best.Merit * (inputs.Count < _inputs.Count ? MaxLoss : MinGain);
        _best = isTaken ? result : _best;
        report(new SearchStep(change, result, isTaken));
        return isTaken;
    }

    private (double Autoencoder, double TailSum) BestWeights(ModelChoice choice, Func<FraudModelTrainingOptions, FraudModel> train)
    {
        var results = trials.Weights(choice, WeightPairs, train);
        var best = 0;
        for (var i = 1; i < results.Length; i++)
        {
            best = results[i].Merit > results[best].Merit ? i : best;
        }

        for (var i = 0; i < results.Length; i++)
        {
            report(new SearchStep(
                $"weights of autoencoder {WeightPairs[i].Autoencoder}, tail sum {WeightPairs[i].TailSum}", results[i], i == best));
        }

        return WeightPairs[best];
    }
}
