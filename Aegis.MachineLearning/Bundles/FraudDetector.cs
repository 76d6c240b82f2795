using System.Diagnostics;
using Aegis.Core.Decisions;
using Aegis.Core.Features;
using Aegis.MachineLearning.Calibration;
using Aegis.MachineLearning.Trainers;

namespace Aegis.MachineLearning.Bundles;

/// <summary>Scores payments with one model. Owns its working memory, so one detector serves one thread.</summary>
public sealed class FraudDetector(FraudModel model)
{
    /// <summary>Rows encoded at a time. Their inputs and scores stay in the second-level cache.</summary>
    private const int BlockRows = 256;

    private readonly float[] _inputs = new float[BlockRows * model.Scaler.InputCount];
    private readonly double[] _scores = new double[BlockRows];
    private readonly float[] _errors = new float[model.Scaler.InputCount];
    private readonly float[] _scratch = new float[Math.Max(
        model.Forest.ScratchLength, Math.Max(model.Autoencoder.ScratchLength, model.TailSum.ScratchLength))];
    private readonly float[] _youngInputs = new float[BlockRows * (model.Young?.Scaler.InputCount ?? 0)];
    private readonly float[] _youngScratch = new float[model.Young?.Forest.ScratchLength ?? 0];
    private readonly double[] _young = new double[model.Young is null ? 0 : BlockRows];
    private readonly IBlockScorer? _external = model.External?.CreateScorer();
    private readonly double[] _externalScores = new double[model.External is null ? 0 : BlockRows];
    private readonly double[] _tailSums = new double[BlockRows];
    private readonly double[] _contributions = new double[model.Scaler.InputCount];
    private readonly double[] _summands = new double[model.Scaler.InputCount];

    /// <summary>The model in use.</summary>
    public FraudModel Model { get; } = model;

    /// <summary>Scores one feature vector: always the same bits for the same vector and model.</summary>
    public Assessment Assess(ReadOnlySpan<float> features) => Assess(features, out _, out _);

    /// <summary>Scores one feature vector and tells when each detector finished (<see cref="Stopwatch"/> ticks).</summary>
    public Assessment Assess(ReadOnlySpan<float> features, out long forestDone, out long autoencoderDone)
    {
        var assessment = default(Assessment);
        AssessAll(features, 1, new Span<Assessment>(ref assessment), out forestDone, out autoencoderDone);
        return assessment;
    }

    /// <summary>Scores many feature vectors. Each gets the same bits as <see cref="Assess(ReadOnlySpan{float})"/> gives
    /// for that vector alone.</summary>
    /// <param name="features">Row after row, <see cref="FeatureSchema.Count"/> values each.</param>
    /// <param name="rowCount">The number of rows, 0 or more.</param>
    /// <param name="assessments">Receives one assessment per row.</param>
    /// <exception cref="ArgumentException">The number of rows is not <paramref name="rowCount"/>, or the assessments
    /// are too few.</exception>
    public void AssessAll(ReadOnlySpan<float> features, int rowCount, Span<Assessment> assessments) =>
        AssessAll(features, rowCount, assessments, out _, out _);

    /// <summary>Scores many feature vectors and tells when each detector finished with all of them.</summary>
    /// <param name="features">Row after row, <see cref="FeatureSchema.Count"/> values each.</param>
    /// <param name="rowCount">The number of rows, 0 or more.</param>
    /// <param name="assessments">Receives one assessment per row.</param>
    /// <param name="forestDone">When the forest finished, in <see cref="Stopwatch"/> ticks.</param>
    /// <param name="autoencoderDone">When the autoencoder finished, with the tail sum and calibration. It begins when
    /// the forest is done.</param>
    /// <exception cref="ArgumentException">The number of rows is not <paramref name="rowCount"/>, or the assessments
    /// are too few.</exception>
    public void AssessAll(
        ReadOnlySpan<float> features, int rowCount, Span<Assessment> assessments, out long forestDone, out long autoencoderDone)
    {
        if (features.Length != rowCount * FeatureSchema.Count || assessments.Length < rowCount)
        {
            throw new ArgumentException(
                $"{features.Length} values and {assessments.Length} assessments for {rowCount} rows; allowed: {FeatureSchema.Count} values and an assessment each.", nameof(features));
        }

        for (var start = 0; start < rowCount; start += BlockRows)
        {
            var count = Math.Min(BlockRows, rowCount - start);
            var inputs = Encode(features, start, count);
            Model.Forest.Score(inputs, count, _scores, _scratch);
            for (var row = 0; row < count; row++)
            {
                assessments[start + row] = new Assessment(_scores[row], 0, 0, 0, 0, 0, 0);
            }
        }

        forestDone = Stopwatch.GetTimestamp();
        for (var start = 0; start < rowCount; start += BlockRows)
        {
            var count = Math.Min(BlockRows, rowCount - start);
            // The inputs of a single block are still there. For several blocks, encoding again is cheaper than keeping them all.
            var inputs = rowCount <= BlockRows ? _inputs.AsSpan(0, count * Model.Scaler.InputCount) : Encode(features, start, count);
            Model.Autoencoder.Score(inputs, count, _scores, _scratch);
            Model.TailSum.Score(inputs, count, _tailSums, _scratch);
            _external?.Score(features.Slice(start * FeatureSchema.Count, count * FeatureSchema.Count), count, _externalScores, _scratch);
            FindYoung(features.Slice(start * FeatureSchema.Count, count * FeatureSchema.Count), count);
            for (var row = 0; row < count; row++)
            {
                var segment = Model.Calibration.Segments.Of(features.Slice((start + row) * FeatureSchema.Count, FeatureSchema.Count));
                var external = _external is not null && double.IsFinite(_externalScores[row])
                    ? _externalScores[row]
                    : double.NegativeInfinity;
                assessments[start + row] = Model.Calibration.Assess(
                    new RawScores(
                        segment, assessments[start + row].ForestScore, _scores[row], _tailSums[row], external,
                        Model.Young is null ? 0 : _young[row]));
            }
        }

        autoencoderDone = Stopwatch.GetTimestamp();
    }

    /// <summary>The raw scores of a payment, with the view for young cards.</summary>
    /// <param name="features">The payment's feature vector.</param>
    public RawScores RawScoresOf(ReadOnlySpan<float> features)
    {
        var assessment = Assess(features);
        return RawScores.Of(Model.Calibration.Segments, features, assessment) with { Young = Model.Young is null ? 0 : _young[0] };
    }

    /// <summary>Each feature's share in the suspicion. The shares of all features add up to 1, or are all 0 if none is
    /// suspicious.</summary>
    /// <remarks>
    /// The forest gives the path contributions that isolate, the autoencoder its shares of the error, the tail sum its
    /// summands. Each part is scaled to 1, and the fusion's weights mix them. The forest's and the autoencoder's parts
    /// leave out a one-sided feature on its good side: its column is 0 there and would only say that it is not suspicious.
    /// If the view for young cards decides, the shares are those of its forest alone.
    /// </remarks>
    /// <param name="features">The vector that was assessed.</param>
    /// <param name="shares">Receives one share for each feature, 0 to 1.</param>
    public void Attribute(ReadOnlySpan<float> features, Span<double> shares)
    {
        if (Model.Young is { } view && Model.Calibration.IsByYoungView(RawScoresOf(features)))
        {
            AttributeByView(view, features, shares);
            return;
        }

        var inputs = Encode(features, 0, 1);
        Model.Forest.Forest.Explain(inputs, _contributions);
        Model.Autoencoder.Autoencoder.Score(inputs, _errors, _scratch);
        Model.TailSum.TailSum.Explain(inputs, _summands);
        shares.Clear();
        Span<double> forest = stackalloc double[shares.Length];
        Span<double> autoencoder = stackalloc double[shares.Length];
        Span<double> tailSum = stackalloc double[shares.Length];
        forest.Clear();
        autoencoder.Clear();
        tailSum.Clear();
        for (var input = 0; input < inputs.Length; input++)
        {
            var feature = Model.Scaler.FeatureOfInput[input];
            var isSuspicious = FeatureSchema.All[feature].Side == SuspiciousSide.None || inputs[input] > 0;
            forest[feature] += isSuspicious ? _contributions[input] : 0;
            autoencoder[feature] += isSuspicious ? _errors[input] : 0;
            tailSum[feature] += _summands[input];
        }

        AddShares(forest, Model.Calibration.Fusion.ForestWeight, shares);
        AddShares(autoencoder, Model.Calibration.Fusion.AutoencoderWeight, shares);
        AddShares(tailSum, Model.Calibration.Fusion.TailSumWeight, shares);
        ToSharesOfOne(shares);
    }

    /// <summary>Sets the view's level of each row: 0 for cards that are not young.</summary>
    private void FindYoung(ReadOnlySpan<float> features, int count)
    {
        if (Model.Young is not { } view)
        {
            return;
        }

        for (var row = 0; row < count; row++)
        {
            var vector = features.Slice(row * FeatureSchema.Count, FeatureSchema.Count);
            var weight = YoungCardView.WeightOf(vector);
            _young[row] = weight > 0 ? view.LevelOf(ScoreByView(view, vector), weight) : 0;
        }
    }

    private double ScoreByView(YoungCardView view, ReadOnlySpan<float> features)
    {
        var inputs = _youngInputs.AsSpan(0, view.Scaler.InputCount);
        view.Scaler.EncodeAll(features, inputs);
        var score = 0.0;
        view.Forest.Score(inputs, 1, new Span<double>(ref score), _youngScratch);
        return score;
    }

    private void AttributeByView(YoungCardView view, ReadOnlySpan<float> features, Span<double> shares)
    {
        var inputs = _youngInputs.AsSpan(0, view.Scaler.InputCount);
        view.Scaler.EncodeAll(features, inputs);
        Span<double> contributions = stackalloc double[inputs.Length];
        view.Forest.Forest.Explain(inputs, contributions);
        shares.Clear();
        for (var input = 0; input < inputs.Length; input++)
        {
            var feature = view.Scaler.FeatureOfInput[input];
            shares[feature] += FeatureSchema.All[feature].Side == SuspiciousSide.None || inputs[input] > 0 ? contributions[input] : 0;
        }

        ToSharesOfOne(shares);
    }

    private Span<float> Encode(ReadOnlySpan<float> features, int start, int count)
    {
        var inputs = _inputs.AsSpan(0, count * Model.Scaler.InputCount);
        Model.Scaler.EncodeAll(features.Slice(start * FeatureSchema.Count, count * FeatureSchema.Count), inputs);
        return inputs;
    }

    /// <summary>Scales parts to add up to the weight and adds them. Parts below 0 count as 0.</summary>
    private static void AddShares(Span<double> parts, double weight, Span<double> shares)
    {
        ToSharesOfOne(parts);
        for (var i = 0; i < parts.Length; i++)
        {
            shares[i] += weight * parts[i];
        }
    }

    private static void ToSharesOfOne(Span<double> parts)
    {
        var total = 0.0;
        foreach (ref var part in parts)
        {
            part = Math.Max(0, part);
            total += part;
        }

        foreach (ref var part in parts)
        {
            part = total > 0 ? part / total : 0;
        }
    }
}
