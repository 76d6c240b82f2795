using System.Diagnostics;
using Aegis.Core.Features;

namespace Aegis.Core.Detection;

/// <summary>Scores payments with one model. Owns its working memory, so one detector serves one thread.</summary>
public sealed class FraudDetector(FraudModel model)
{
    private readonly float[] _inputs = new float[FeatureScaler.InputCount];
    private readonly float[] _errors = new float[FeatureScaler.InputCount];
    private readonly float[] _scratch = new float[model.Autoencoder.ScratchLength];
    private readonly double[] _contributions = new double[FeatureScaler.InputCount];

    /// <summary>The model in use.</summary>
    public FraudModel Model { get; } = model;

    /// <summary>Scores one feature vector: the same bits for the same vector and model, always.</summary>
    public Assessment Assess(ReadOnlySpan<float> features) => Assess(features, out _, out _);

    /// <summary>Scores one feature vector and tells when each detector had finished (<see cref="Stopwatch"/> ticks).</summary>
    public Assessment Assess(ReadOnlySpan<float> features, out long forestDone, out long autoencoderDone)
    {
        Model.Scaler.Encode(features, _inputs);
        var forest = Model.Forest.Score(_inputs);
        forestDone = Stopwatch.GetTimestamp();
        var autoencoder = Model.Autoencoder.Score(_inputs, _errors, _scratch);
        autoencoderDone = Stopwatch.GetTimestamp();

        var forestLevel = Model.ForestCalibrator.NegativeLogP(forest);
        var autoencoderLevel = Model.AutoencoderCalibrator.NegativeLogP(autoencoder);
        var risk = Model.FusedCalibrator.NegativeLogP(Model.Fusion.Combine(forestLevel, autoencoderLevel));
        return new Assessment(forest, autoencoder, 1 - Math.Exp(-forestLevel), 1 - Math.Exp(-autoencoderLevel), risk);
    }

    /// <summary>How much each feature speaks for fraud; the shares of all features that do add up to 1.</summary>
    /// <remarks>
    /// The forest's path contributions (only those that isolate) and the autoencoder's shares of the error, each scaled to 1,
    /// mixed by the fusion's weights. A one-sided feature on its good side is left out of the forest's part: its column is 0 there
    /// and would only say that it is not suspicious.
    /// </remarks>
    /// <param name="features">The vector that was assessed.</param>
    /// <param name="shares">Receives one share per feature, 0 to 1.</param>
    public void Attribute(ReadOnlySpan<float> features, Span<double> shares)
    {
        Model.Scaler.Encode(features, _inputs);
        Model.Forest.Explain(_inputs, _contributions);
        Model.Autoencoder.Score(_inputs, _errors, _scratch);
        shares.Clear();
        Span<double> forest = stackalloc double[shares.Length];
        Span<double> autoencoder = stackalloc double[shares.Length];
        forest.Clear();
        autoencoder.Clear();
        for (var input = 0; input < _inputs.Length; input++)
        {
            var feature = FeatureScaler.FeatureOfInput[input];
            var isSuspicious = FeatureSchema.All[feature].Side == SuspiciousSide.None || _inputs[input] > 0;
            forest[feature] += isSuspicious ? _contributions[input] : 0;
            autoencoder[feature] += isSuspicious ? _errors[input] : 0;
        }

        AddShares(forest, Model.Fusion.ForestWeight, shares);
        AddShares(autoencoder, Model.Fusion.AutoencoderWeight, shares);
        AddShares(shares.ToArray(), 1, shares, replace: true);
    }

    private static void AddShares(ReadOnlySpan<double> parts, double weight, Span<double> shares, bool replace = false)
    {
        var total = 0.0;
        foreach (var part in parts)
        {
            total += Math.Max(0, part);
        }

        for (var i = 0; i < parts.Length && total > 0; i++)
        {
            var share = weight * Math.Max(0, parts[i]) / total;
            shares[i] = replace ? share : shares[i] + share;
        }
    }
}
