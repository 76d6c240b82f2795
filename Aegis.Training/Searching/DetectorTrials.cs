using Aegis.Core.Features;
using Aegis.MachineLearning.Autoencoders;
using Aegis.MachineLearning.Bundles;
using Aegis.MachineLearning.Calibration;
using Aegis.MachineLearning.Choices;
using Aegis.MachineLearning.Forests;
using Aegis.MachineLearning.Forests.Training;
using Aegis.MachineLearning.TailSums;
using Aegis.Training.Evaluating;

namespace Aegis.Training.Searching;

/// <summary>The result of a choice on the days that it was judged on: means over seeds.</summary>
/// <param name="Auroc">Area under the receiver operating characteristic.</param>
/// <param name="Ap">Average precision.</param>
/// <param name="CardPrecision">Card precision@k.</param>
internal readonly record struct TrialResult(double Auroc, double Ap, double CardPrecision)
{
    /// <summary>The value to maximise: the geometric mean of average precision and card precision.</summary>
    /// <remarks>So neither is improved at the cost of the other.</remarks>
    public double Merit => Math.Sqrt(Ap * CardPrecision);

    /// <summary>Joins the measurements of several seeds.</summary>
    public static TrialResult Mean(IReadOnlyList<Measurement> seeds) =>
        new(seeds.Average(m => m.Auroc), seeds.Average(m => m.AveragePrecision), seeds.Average(m => m.CardPrecision));

    public override string ToString() => $"AUROC {Auroc:F3}, AP {Ap:F3}, card precision {CardPrecision:F3}";
}

/// <summary>Fits forests on a split's earlier days and judges them on its later days, many times over.</summary>
/// <param name="judge">The days, and how they are judged.</param>
/// <param name="seeds">The number of seeds for each trial. All trials use the same seeds, so they differ only by what is tried.</param>
internal sealed class DetectorTrials(SplitJudge judge, int seeds)
{
    private const int BlockRows = 2_048;
    private readonly EvaluationSplit _split = judge.Split;
    private readonly Dictionary<Feature, (float Centre, float Scale)> _norms = [];

    /// <summary>The number of forests fitted so far.</summary>
    public int Fits { get; private set; }

    /// <summary>Tries a forest.</summary>
    public TrialResult Forest(IReadOnlyList<Feature> inputs, int trees, IReadOnlyList<int> subsamples, int columnsPerSplit)
    {
        var scaler = Scaler(inputs);
        var train = scaler.EncodeAll(_split.Train.Features);
        var test = scaler.EncodeAll(_split.Test.Features);
        return Mean(seed =>
        {
            Fits++;
            var options = new IsolationForestOptions
            {
                Trees = trees, SubsampleSizes = subsamples, ColumnsPerSplit = columnsPerSplit, Seed = seed,
            };
            var forest = IsolationForestTrainer.Train(train, scaler.InputCount, options);
            return judge.Rank(Score(forest, test, scaler.InputCount));
        });
    }

    /// <summary>Tries weights of a trained model's autoencoder and tail sum.</summary>
    public TrialResult[] Weights(
        ModelChoice choice, IReadOnlyList<(double Autoencoder, double TailSum)> weights, Func<FraudModelTrainingOptions, FraudModel> train)
    {
        var results = new Measurement[weights.Count][];
        Array.Fill(results, null!);
        for (var i = 0; i < weights.Count; i++)
        {
            results[i] = new Measurement[seeds];
        }

        for (var seed = 1; seed <= seeds; seed++)
        {
            Fits++;
            var model = train(choice.ToOptions((ulong)seed, new Core.Decisions.AlertBudget()));
            var levels = Levels(model);
            for (var i = 0; i < weights.Count; i++)
            {
                var (autoencoder, tailSum) = weights[i];
                var fusion = new ScoreFusion(1 - autoencoder - tailSum, autoencoder, tailSum);
                results[i][seed - 1] = judge.Rank(
                    [.. levels.Select(level => fusion.Combine(level.Forest, level.Autoencoder, level.TailSum))]);
            }
        }

        return [.. results.Select(TrialResult.Mean)];
    }

    private (double Forest, double Autoencoder, double TailSum)[] Levels(FraudModel model)
    {
        var calibration = model.Calibration;
        return [.. ModelScores.Of(model, _split.Test).Select((a, row) =>
        {
            var segment = calibration.Segments.Of(_split.Test[row]);
            return (
                calibration.Forest.NegativeLogP(segment, a.ForestScore),
                calibration.Autoencoder.NegativeLogP(segment, a.AutoencoderScore),
                calibration.TailSum.NegativeLogP(segment, a.TailSum));
        })];
    }

    private TrialResult Mean(Func<ulong, Measurement> measure) =>
        TrialResult.Mean([.. Enumerable.Range(1, seeds).Select(seed => measure((ulong)seed))]);

    private static double[] Score(IsolationForest forest, float[] inputs, int columns)
    {
        var scores = new double[inputs.Length / columns];
        Parallel.For(0, (scores.Length + BlockRows - 1) / BlockRows, block =>
        {
            var start = block * BlockRows;
            var count = Math.Min(BlockRows, scores.Length - start);
            forest.Score(inputs.AsSpan(start * columns, count * columns), count, scores.AsSpan(start, count));
        });
        return scores;
    }

    /// <summary>A scaler for any inputs. Each feature's median and spread are computed once.</summary>
    private FeatureScaler Scaler(IReadOnlyList<Feature> inputs)
    {
        var scaled = inputs.Where(f => FeatureSchema.Of(f).Levels == 0).ToArray();
        foreach (var feature in scaled.Where(f => !_norms.ContainsKey(f)))
        {
            var alone = FeatureScaler.Fit([feature], _split.Train.Features);
            _norms[feature] = (alone.Centres[0], alone.Scales[0]);
        }

        return new FeatureScaler(inputs, [.. scaled.Select(f => _norms[f].Centre)], [.. scaled.Select(f => _norms[f].Scale)]);
    }
}
