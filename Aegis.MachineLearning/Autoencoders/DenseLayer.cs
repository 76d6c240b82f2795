using Aegis.Core.Numerics;

namespace Aegis.MachineLearning.Autoencoders;

/// <summary>A fully connected layer, y = f(Wx + b).</summary>
/// <remarks>An output is summed in the order of its inputs, b + w₀x₀ + w₁x₁ + …, on any machine and for any number of
/// rows. Vectors of outputs are padded to <see cref="Width"/>.</remarks>
public sealed class DenseLayer
{
    private readonly float[] _parameters;

    /// <param name="inputs">Length of x.</param>
    /// <param name="outputs">Length of y.</param>
    /// <param name="activation">f.</param>
    /// <param name="parameters">(inputs + 1) × outputs values: the weights output by output, then the biases.</param>
    /// <exception cref="ArgumentException">The number of values is another one, or the activation is unknown.</exception>
    public DenseLayer(int inputs, int outputs, Activation activation, ReadOnlySpan<float> parameters)
    {
        if (inputs < 1 || outputs < 1 || parameters.Length != (inputs + 1L) * outputs)
        {
            throw new ArgumentException(
                $"{parameters.Length} parameters; allowed: ({inputs} + 1) × {outputs}, both 1 or more.", nameof(parameters));
        }

        if (!Enum.IsDefined(activation))
        {
            throw new ArgumentException(
                $"Activation is '{activation}'; allowed: {string.Join(", ", Enum.GetNames<Activation>())}.", nameof(activation));
        }

        Inputs = inputs;
        Outputs = outputs;
        Activation = activation;
        Width = Lanes.Pad(outputs);
        _parameters = new float[(inputs + 1) * Width];
        for (var i = 0; i < parameters.Length; i++)
        {
            _parameters[PositionOf(i)] = parameters[i];
        }
    }

    /// <summary>Length of x.</summary>
    public int Inputs { get; }

    /// <summary>Length of y.</summary>
    public int Outputs { get; }

    /// <summary>Length of y with its padding.</summary>
    public int Width { get; }

    /// <summary>f.</summary>
    public Activation Activation { get; }

    /// <summary>The parameters as training uses them: the weights input by input, then the biases, each padded to
    /// <see cref="Width"/>.</summary>
    internal Span<float> Parameters => _parameters;

    /// <summary>The weights input by input, padded to <see cref="Width"/>.</summary>
    internal ReadOnlySpan<float> Weights => _parameters.AsSpan(0, Inputs * Width);

    /// <summary>A layer with weights after Glorot and Bengio (2010) and biases of 0.</summary>
    public static DenseLayer Random(int inputs, int outputs, Activation activation, ref SeededRandom random)
    {
        var limit = Math.Sqrt(6.0 / (inputs + outputs));
        var parameters = new float[(inputs + 1) * outputs];
        for (var i = 0; i < inputs * outputs; i++)
        {
            parameters[i] = (float)random.NextDouble(-limit, limit);
        }

        return new DenseLayer(inputs, outputs, activation, parameters);
    }

    /// <summary>The parameters as the constructor takes them.</summary>
    public float[] ToParameters()
    {
        var parameters = new float[(Inputs + 1) * Outputs];
        for (var i = 0; i < parameters.Length; i++)
        {
            parameters[i] = _parameters[PositionOf(i)];
        }

        return parameters;
    }

    /// <summary>Computes y from x for many rows.</summary>
    /// <param name="x">Row after row.</param>
    /// <param name="stride">Values from one row to the next, at least <see cref="Inputs"/>.</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="y">Receives <see cref="Width"/> values a row. Values beyond the outputs are padding.</param>
    internal void Forward(ReadOnlySpan<float> x, int stride, int rows, Span<float> y)
    {
        Sum(x, stride, rows, y);
        ActivationKernel.Apply(Activation, y[..(rows * Width)]);
    }

    /// <summary>Computes Wx + b for many rows, with the parameters of <see cref="Forward"/>.</summary>
    internal void Sum(ReadOnlySpan<float> x, int stride, int rows, Span<float> sums) =>
        MatrixProduct.Multiply(StridedMatrix.Of(x, rows, Inputs, stride), Weights, Width, _parameters.AsSpan(Inputs * Width), sums);

    /// <summary>The place of a parameter, given its index in the constructor's order.</summary>
    private int PositionOf(int parameter) => parameter < Inputs * Outputs
        ? (parameter % Inputs * Width) + (parameter / Inputs)
        : (Inputs * Width) + parameter - (Inputs * Outputs);
}
