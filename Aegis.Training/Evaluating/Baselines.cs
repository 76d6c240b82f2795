using Aegis.Core.Decisions;
using Aegis.Core.Features;
using Aegis.Core.Transactions;
using Aegis.MachineLearning.Bundles;
using Aegis.MachineLearning.Calibration;
using Aegis.MachineLearning.Choices;
using Aegis.MachineLearning.Forests;
using Aegis.MachineLearning.Forests.Training;
using Aegis.MachineLearning.Trainers;
using Aegis.Training.Searching;
using MathNet.Numerics.LinearAlgebra;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Aegis.Training.Evaluating;

/// <summary>Other models on the same inputs, which the shipped detectors have to beat.</summary>
/// <remarks>They are variants of the detectors, two textbook methods, and ML.NET's own detector.</remarks>
/// <param name="judge">Judges scores.</param>
/// <param name="choice">The inputs and options of the models that they are compared with.</param>
/// <param name="seeds">The number of seeds for each model that draws at random.</param>
internal sealed class Baselines(SplitJudge judge, ModelChoice choice, int seeds)
{
    private const double ExplainedByPca = 0.8;
    private const double MinVariance = 1e-6;
    private const int FadeDays = 7;
    private const int MaxComponents = 8;
    private const int InputsPerComponent = 3;

    private static readonly Dictionary<PaymentSegments, string> Names = new()
    {
        [PaymentSegments.None] = "with all",
        [PaymentSegments.Channel] = "within the channel",
        [PaymentSegments.Age] = "within young and old cards",
        [PaymentSegments.ChannelAndAge] = "within channel and age",
    };

    private readonly FeatureScaler _scaler = FeatureScaler.Fit([.. choice.Inputs.Select(FeatureSchema.Named)], judge.Split.Train.Features);

    /// <summary>Fits and judges all of them.</summary>
    public IEnumerable<(string Name, IReadOnlyList<Measurement> Seeds)> Run()
    {
        var train = _scaler.EncodeAll(judge.Split.Train.Features);
        var test = _scaler.EncodeAll(judge.Split.Test.Features);
        yield return ("forest, 256 rows a tree", OverSeeds(seed => Forest(train, test, Options([256], choice.ColumnsPerSplit, seed))));
        foreach (var columns in ChoiceSearch.SplitChoices.Where(columns => columns != choice.ColumnsPerSplit))
        {
            yield return (
                columns == 1 ? "forest, plain splits" : $"extended forest, {columns} columns a split",
                OverSeeds(seed => Forest(train, test, Options(choice.Subsamples, columns, seed))));
        }

        yield return ($"forest, days fade in {FadeDays}", OverSeeds(Faded));
        yield return ("autoencoder, not cleaned", OverSeeds(NotCleaned));
        foreach (var result in Segmented())
        {
            yield return result;
        }

        yield return ("Mahalanobis", [Judge(Mahalanobis(train), train, test)]);
        yield return ("PCA reconstruction", [Judge(PcaReconstruction(train), train, test)]);
        yield return ("ML.NET RandomizedPca", OverSeeds(seed => RandomizedPca(train, test, seed)));
    }

    private List<Measurement> OverSeeds(Func<ulong, Measurement> measure) =>
        [.. Enumerable.Range(1, seeds).Select(seed => measure((ulong)seed))];

    private IsolationForestOptions Options(IReadOnlyList<int> subsamples, int columnsPerSplit, ulong seed) =>
        new() { Trees = choice.Trees, SubsampleSizes = subsamples, ColumnsPerSplit = columnsPerSplit, Seed = seed };

    private Measurement Forest(float[] train, float[] test, IsolationForestOptions options)
    {
        var forest = IsolationForestTrainer.Train(train, _scaler.InputCount, options);
        return Judge(row => forest.Score(row.Span), train, test);
    }

    private Measurement Faded(ulong seed) => Trained(seed, options => options with { ForestDecayDays = FadeDays }, a => a.ForestScore);

    private Measurement NotCleaned(ulong seed) => Trained(seed, options => options with { AutoencoderTrim = 0 }, a => a.AutoencoderScore);

    private Measurement Trained(
        ulong seed, Func<FraudModelTrainingOptions, FraudModelTrainingOptions> change, Func<Assessment, double> score)
    {
        var model = Train(change(choice.ToOptions(seed, new Core.Decisions.AlertBudget())));
        return judge.Measure(
            [.. ModelScores.Of(model, judge.Split.Train).Select(score)], [.. ModelScores.Of(model, judge.Split.Test).Select(score)]);
    }

    /// <summary>Compares payments within other segments. The detectors of a seed do not depend on that, so they are trained once.</summary>
    private IEnumerable<(string Name, IReadOnlyList<Measurement> Seeds)> Segmented()
    {
        var trained = Enumerable.Range(1, seeds).Select(seed => Train(choice.ToOptions((ulong)seed, new Core.Decisions.AlertBudget())))
            .Select(model => (
                model.Calibration.Fusion, Train: ModelScores.Of(model, judge.Split.Train), Test: ModelScores.Of(model, judge.Split.Test)))
            .ToList();
        foreach (var segments in Enum.GetValues<PaymentSegments>().Where(segments => segments != choice.Segments))
        {
            yield return ($"fused, compared {Names[segments]}", [.. trained.Select(scores =>
            {
                var reference = Raw(segments, judge.Split.Train, scores.Train);
                var calibration = ScoreCalibration.Fit(segments, reference, scores.Fusion);
                return judge.Measure(
                    [.. reference.Select(raw => calibration.Assess(raw).Risk)],
                    [.. Raw(segments, judge.Split.Test, scores.Test).Select(raw => calibration.Assess(raw).Risk)]);
            })]);
        }
    }

    private static RawScores[] Raw(PaymentSegments segments, FeatureRows rows, Assessment[] assessments) =>
        [.. assessments.Select((assessment, row) => RawScores.Of(segments, rows[row], assessment))];

    private FraudModel Train(FraudModelTrainingOptions options) =>
        FraudModelTrainer.Train(
            judge.Split.Train, options, CurrencyRates.Default, shardCount: 1, "baseline", new Dictionary<string, string>());

    private Measurement Judge(Func<ReadOnlyMemory<float>, double> score, float[] train, float[] test) =>
        judge.Measure(Scores(score, train), Scores(score, test));

    private double[] Scores(Func<ReadOnlyMemory<float>, double> score, float[] inputs)
    {
        var scores = new double[inputs.Length / _scaler.InputCount];
        Parallel.For(0, scores.Length, row => scores[row] = score(inputs.AsMemory(row * _scaler.InputCount, _scaler.InputCount)));
        return scores;
    }

    /// <summary>The squared distance from the mean, in the metric of the covariance.</summary>
    private Func<ReadOnlyMemory<float>, double> Mahalanobis(float[] train)
    {
        var (mean, covariance) = Moments(train);
        var inverse = covariance.Cholesky().Solve(Matrix<double>.Build.DenseIdentity(mean.Count));
        return row =>
        {
            var centred = Centred(row, mean);
            return centred.DotProduct(inverse * centred);
        };
    }

    /// <summary>The squared distance from the plane of the components that explain four fifths of the variance.</summary>
    private Func<ReadOnlyMemory<float>, double> PcaReconstruction(float[] train)
    {
        var (mean, covariance) = Moments(train);
        var decomposed = covariance.Evd(Symmetricity.Symmetric);
        var variances = decomposed.EigenValues.Real();
        var kept = 0;
        for (var explained = 0.0; explained < ExplainedByPca * variances.Sum(); kept++)
        {
            // Eigenvalues come in ascending order.
            explained += variances[mean.Count - 1 - kept];
        }

        var left = decomposed.EigenVectors.SubMatrix(0, mean.Count, 0, mean.Count - kept).Transpose();
        return row => left.RowCount == 0 ? 0 : (left * Centred(row, mean)).Norm(2);
    }

    /// <summary>ML.NET's own detector: the share of a row's length that its components do not hold.</summary>
    /// <remarks>There are eight components, or one for three inputs if that is fewer.</remarks>
    private Measurement RandomizedPca(float[] train, float[] test, ulong seed)
    {
        var trainers = new MLContext((int)seed).AnomalyDetection.Trainers;
        var rank = Math.Clamp(_scaler.InputCount / InputsPerComponent, 1, MaxComponents);
        var fitted = trainers.RandomizedPca(rank: rank, seed: (int)seed).Fit(new FloatRows(train, _scaler.InputCount));
        return judge.Measure(Scores(train), Scores(test));

        double[] Scores(float[] rows) =>
            [.. fitted.Transform(new FloatRows(rows, _scaler.InputCount)).GetColumn<float>("Score").Select(score => (double)score)];
    }

    private (Vector<double> Mean, Matrix<double> Covariance) Moments(float[] train)
    {
        var columns = _scaler.InputCount;
        var rows = train.Length / columns;
        var all = Matrix<double>.Build.Dense(rows, columns, (row, column) => train[(row * columns) + column]);
        var mean = all.ColumnSums() / rows;
        var centred = Matrix<double>.Build.Dense(rows, columns, (row, column) => all[row, column] - mean[column]);
        return (mean, (centred.TransposeThisAndMultiply(centred) / rows) + (MinVariance * Matrix<double>.Build.DenseIdentity(columns)));
    }

    private static Vector<double> Centred(ReadOnlyMemory<float> row, Vector<double> mean) =>
        Vector<double>.Build.Dense(mean.Count, i => row.Span[i] - mean[i]);
}
