namespace Aegis.Core.Autoencoders;

/// <summary>A dense autoencoder: reconstructs a row through a narrow code; what it cannot reconstruct is unusual. Immutable once trained.</summary>
public sealed class Autoencoder
{
    /// <summary>Inputs are cut at this many spreads, so that one wild value does not drown the rest.</summary>
    public const float InputLimit = 10;

    private readonly DenseLayer[] _layers;
    private readonly float[] _errorWeights;

    /// <param name="layers">From the inputs to their reconstruction.</param>
    /// <param name="errorWeights">Per input, 1 / its usual squared error, so that noisy inputs do not drown the signal.</param>
    public Autoencoder(DenseLayer[] layers, float[] errorWeights)
    {
        _layers = layers;
        _errorWeights = errorWeights;
    }

    /// <summary>From the inputs to their reconstruction.</summary>
    public ReadOnlySpan<DenseLayer> Layers => _layers;

    /// <summary>Weights of the squared errors, one per input.</summary>
    public ReadOnlySpan<float> ErrorWeights => _errorWeights;

    /// <summary>The number of inputs.</summary>
    public int InputCount => _layers[0].Inputs;

    /// <summary>Floats that <see cref="Score"/> needs to work in.</summary>
    public int ScratchLength => InputCount + _layers.Sum(layer => layer.Outputs);

    /// <summary>Cuts inputs at <see cref="InputLimit"/>.</summary>
    public static void Clip(ReadOnlySpan<float> inputs, Span<float> clipped)
    {
        for (var i = 0; i < inputs.Length; i++)
        {
            clipped[i] = Math.Clamp(inputs[i], -InputLimit, InputLimit);
        }
    }

    /// <summary>The mean weighted squared error of the reconstruction: about 1 for ordinary rows.</summary>
    /// <param name="inputs">One encoded row.</param>
    /// <param name="errors">Receives each input's weighted squared error; their mean is the result.</param>
    /// <param name="scratch">At least <see cref="ScratchLength"/> floats.</param>
    public double Score(ReadOnlySpan<float> inputs, Span<float> errors, Span<float> scratch)
    {
        var x = scratch[..InputCount];
        Clip(inputs, x);
        var reconstruction = Forward(x, scratch[InputCount..]);
        var total = 0.0;
        for (var i = 0; i < errors.Length; i++)
        {
            var difference = reconstruction[i] - x[i];
            errors[i] = difference * difference * _errorWeights[i];
            total += errors[i];
        }

        return total / errors.Length;
    }

    private Span<float> Forward(ReadOnlySpan<float> x, Span<float> scratch)
    {
        var output = Span<float>.Empty;
        foreach (var layer in _layers)
        {
            output = scratch[..layer.Outputs];
            layer.Forward(x, output);
            x = output;
            scratch = scratch[layer.Outputs..];
        }

        return output;
    }
}
